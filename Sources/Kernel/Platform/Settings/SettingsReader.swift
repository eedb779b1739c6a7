import Storage

/// Reads typed values out of the layers and gathers what is wrong with them, so that all faults are told at once.
struct SettingsReader {
    private var layers: ConfigurationLayers
    private let fields: [String: SettingField]

    init(_ layers: ConfigurationLayers, fields: [SettingField]) {
        self.layers = layers
        self.fields = Dictionary(fields.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var faults: [Refusal.Fault] { layers.faults }

    /// What was set, or the default; `nil` if there is neither, or an empty text was set.
    func optionalText(_ key: String) -> String? {
        let text = layers.values[key]?.text ?? fields[key]?.defaultValue
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    func text(_ key: String) -> String { optionalText(key) ?? "" }

    func secret(_ key: String) -> Secret? { optionalText(key).map { Secret($0) } }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int {
        let text = text(key)
        if let value = Int(text), range.contains(value) { return value }
        refuse(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return range.lowerBound
    }

    /// `nil` if it is not set.
    mutating func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
        optionalText(key) == nil ? nil : integer(key, in: range)
    }

    mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double {
        if let value = Double(text(key)), range.contains(value) { return value }
        refuse(key, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        return range.lowerBound
    }

    mutating func boolean(_ key: String) -> Bool {
        switch text(key) {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default:
            refuse(key, "must be true or false")
            return false
        }
    }

    /// Bytes, as `4096`, `512KiB`, `20MiB` or `1GiB`.
    mutating func bytes(_ key: String, in range: ClosedRange<Int>) -> Int {
        let text = text(key)
        let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        let unit = units.first { text.hasSuffix($0.key) }
        let digits = unit.map { String(text.dropLast($0.key.count)) } ?? text
        if let number = Int(digits) {
            let (value, overflow) = number.multipliedReportingOverflow(by: unit?.value ?? 1)
            if !overflow, range.contains(value) { return value }
        }
        refuse(
            key, "must be a size such as 4096, 512KiB or 20MiB, from \(range.lowerBound) to \(range.upperBound) bytes")
        return range.lowerBound
    }

    /// Seconds, as `90`, `90s`, `15m` or `12h`.
    mutating func seconds(_ key: String, in range: ClosedRange<Double>) -> Double {
        let text = text(key)
        let factors: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let factor = text.last.flatMap { factors[$0] }
        let digits = factor == nil ? text : String(text.dropLast())
        if let number = Double(digits), range.contains(number * (factor ?? 1)) { return number * (factor ?? 1) }
        refuse(
            key, "must be a time such as 90, 90s, 15m or 12h, from \(range.lowerBound) to \(range.upperBound) seconds")
        return range.lowerBound
    }

    mutating func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T?
    where T.RawValue == String {
        if let value = T(rawValue: text(key)) { return value }
        refuse(key, "must be one of " + T.allCases.map(\.rawValue).joined(separator: ", "))
        return T.allCases.first
    }

    mutating func refuse(_ key: String, _ rule: String) {
        let shown = fields[key]?.isSecret == true ? "•••" : text(key)
        layers.add(Refusal.Fault(layers.values[key]?.origin ?? key, "'\(key)' \(rule), not '\(shown)'."))
    }
}
