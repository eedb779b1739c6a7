import JSON
import Storage

/// When each attribute of an entity came and last changed (`createdAt` and `modifiedAt` of ETSI GS CIM 009 clause 4.8).
///
/// Only attributes whose times differ from the entity's creation are kept, so a fresh entity keeps nothing.
struct AttributeTimes {
    private var times: JSONObject

    init(_ bytes: [UInt8]?) {
        times = bytes.flatMap { try? JSON(parsing: $0) }?.objectValue ?? JSONObject()
    }

    var bytes: [UInt8]? { times.members.isEmpty ? nil : JSON.object(times).bytes }

    func created(_ name: String) -> Instant? { time(name, 0) }
    func modified(_ name: String) -> Instant? { time(name, 1) }

    private func time(_ name: String, _ index: Int) -> Instant? {
        times[name]?[index]?.intValue.map { Instant(microseconds: Int64($0)) }
    }

    mutating func change(_ name: String, isNew: Bool, entityCreated: Instant, now: Instant) {
        let created = isNew ? now : created(name) ?? entityCreated
        times[name] = .array([.int(created.microseconds), .int(now.microseconds)])
    }

    mutating func remove(_ name: String) { times[name] = nil }
}

extension StoredEntity {
    /// When an attribute came.
    public func createdAt(ofAttribute name: String) -> Instant {
        AttributeTimes(attributeTimes).created(name) ?? createdAt
    }

    /// When an attribute was last changed.
    public func modifiedAt(ofAttribute name: String) -> Instant {
        AttributeTimes(attributeTimes).modified(name) ?? createdAt
    }
}
