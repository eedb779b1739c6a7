extension JSON {
    /// This value after a JSON Merge Patch (RFC 7396 §2): members of the patch replace or join those of the same name,
    /// nulls remove them, and a patch that is no object replaces everything.
    public func merging(patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        return .object((objectValue ?? JSONObject()).merging(patch: changes))
    }

    /// Applies a JSON Merge Patch (RFC 7396).
    public mutating func merge(patch: JSON) { self = merging(patch: patch) }
}

extension JSONObject {
    fileprivate func merging(patch changes: JSONObject) -> JSONObject {
        let places = places
        var merged = members.map(Optional.some)
        for change in changes {
            switch (places[MemberName(change.name)], change.value.isNull) {
            case (let place?, true): merged[place] = nil
            case (let place?, false): merged[place]?.value = members[place].value.merging(patch: change.value)
            case (nil, true): break
            case (nil, false): merged.append(Member(change.name, JSON.null.merging(patch: change.value)))
            }
        }
        return JSONObject(uniqueMembers: merged.compactMap(\.self))
    }
}
