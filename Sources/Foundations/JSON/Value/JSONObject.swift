/// The members of a JSON object in the order they were written. Names are unique.
///
/// Finding a name walks over the members, which is fastest for the few that objects have. To make a large object give
/// all its members to ``init(_:)`` at once, which is linear. Names are compared code point by code point
/// (RFC 8259 §8.3): two spellings of が are two names.
public struct JSONObject: Sendable, Hashable {
    /// One name and its value.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var members: [Member]

    /// An object of these members; of equal names the last value stands, at the first one's place.
    public init(_ members: [Member] = []) {
        self.members = []
        merge(members)
    }

    /// An object of members whose names the caller knows to be unique.
    package init(uniqueMembers members: [Member]) {
        self.members = members
    }

    /// The value of a name; setting `nil` removes the member, setting a new name appends it.
    public subscript(name: String) -> JSON? {
        get { index(ofName: name).map { members[$0].value } }
        set {
            switch (index(ofName: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
        }
    }

    /// Whether there is a member of this name, even if its value is null.
    public func contains(_ name: String) -> Bool { index(ofName: name) != nil }

    /// Names in order.
    public var names: [String] { members.map(\.name) }

    /// Sets every given member in turn: known names keep their place, new ones are appended. Linear for many.
    public mutating func merge(_ additions: some Collection<Member>) {
        guard members.count + additions.count > 16 else {
            for member in additions { self[member.name] = member.value }
            return
        }
        var places = places
        for member in additions {
            let name = MemberName(member.name)
            if let place = places[name] {
                members[place].value = member.value
            } else {
                places[name] = members.count
                members.append(member)
            }
        }
    }

    /// A copy with every given member set.
    public func merging(_ additions: some Collection<Member>) -> JSONObject {
        var merged = self
        merged.merge(additions)
        return merged
    }

    /// Where each name stands.
    var places: [MemberName: Int] {
        Dictionary(members.enumerated().map { (MemberName($1.name), $0) }) { first, _ in first }
    }

    func index(ofName name: String) -> Int? {
        members.firstIndex { MemberName($0.name) == MemberName(name) }
    }
}

/// A name under the equality of JSON, which is narrower than that of `String`.
struct MemberName: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Equal bytes are always equal strings, so the cheap comparison goes first.
    static func == (left: MemberName, right: MemberName) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }
}
