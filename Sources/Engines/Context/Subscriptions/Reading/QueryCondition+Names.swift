import Entities

extension QueryCondition {
    /// The condition with other names of attributes and sub-attributes; trailing paths go into values and stay.
    func mapping(_ name: (String) -> String) -> QueryCondition {
        switch self {
        case .and(let parts): .and(parts.map { $0.mapping(name) })
        case .or(let parts): .or(parts.map { $0.mapping(name) })
        case .exists(let path): .exists(path.mapping(name))
        case .missing(let path): .missing(path.mapping(name))
        case .compare(let path, let comparison, let operand): .compare(path.mapping(name), comparison, operand)
        }
    }
}

extension QueryPath {
    fileprivate func mapping(_ name: (String) -> String) -> QueryPath {
        QueryPath(attribute: name(attribute), subattributes: subattributes.map(name), trailing: trailing)
    }
}
