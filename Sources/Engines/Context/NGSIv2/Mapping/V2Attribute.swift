import JSON

/// An attribute as NGSIv2 shows it: type, value, metadata.
package struct V2Attribute: Sendable, Hashable {
    package var type: String
    package var value: JSON
    package var metadata: [V2Metadata]

    package init(type: String, value: JSON, metadata: [V2Metadata] = []) {
        self.type = type
        self.value = value
        self.metadata = metadata
    }

    /// The type of a value that none is given for («Partial Representations»).
    package static func defaultType(of value: JSON) -> String {
        switch value {
        case .string: "Text"
        case .int, .number: "Number"
        case .bool: "Boolean"
        case .array, .object: "StructuredValue"
        case .null: "None"
        }
    }

    static let dateTypes: Set<String> = ["DateTime", "ISO8601"]

    /// Whether the metadata `ignoreType` takes the type's meaning away.
    var ignoresType: Bool { metadata.contains { $0.name == "ignoreType" && $0.value == true } }

    package subscript(metadata name: String) -> V2Metadata? { metadata.first { $0.name == name } }

    package var json: JSON {
        [
            "type": .string(type), "value": value,
            "metadata": .object(
                JSONObject(metadata.map { .init($0.name, ["type": .string($0.type), "value": $0.value]) })),
        ]
    }
}

/// A metadata element: it has no metadata of its own.
package struct V2Metadata: Sendable, Hashable {
    package var name: String
    package var type: String
    package var value: JSON

    package init(_ name: String, type: String, value: JSON) {
        self.name = name
        self.type = type
        self.value = value
    }
}

/// An attribute with its name.
package struct V2NamedAttribute: Sendable, Hashable {
    package var name: String
    package var attribute: V2Attribute

    package init(_ name: String, _ attribute: V2Attribute) {
        self.name = name
        self.attribute = attribute
    }
}
