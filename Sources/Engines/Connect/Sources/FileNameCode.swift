import Civic

/// The code that opens the name of a municipality's file: `431001_aed.csv`.
enum FileNameCode {
    static func code(of name: String) -> String? {
        guard let mark = name.firstIndex(of: "_"), let code = MunicipalityCode(name[..<mark]), !code.isPrefecture else {
            return nil
        }
        return code.sixDigits
    }

    /// Also a prefecture's code, for the ids of its files.
    static func bodyCode(of name: String) -> String? {
        name.firstIndex(of: "_").flatMap { MunicipalityCode(name[..<$0]) }?.sixDigits
    }
}
