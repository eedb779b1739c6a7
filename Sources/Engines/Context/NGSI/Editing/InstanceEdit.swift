import Entities
import JSON
import Storage

/// How attributes of a fragment go into an entity.
enum EditingMode: Sendable, Hashable {
    /// Clause 5.6.3: new instances are added, those there are replaced if it overwrites.
    case append(overwrites: Bool)
    /// Clause 5.6.2: only instances that are there.
    case update
    /// Clause 5.5.12: into what is there, part by part.
    case merge(MergeDefaults)
}

/// What a merge adds to attributes that do not say so themselves (clause 5.6.17).
struct MergeDefaults: Sendable, Hashable {
    var observedAt: String?
    /// The language that a plain text is in which goes into a LanguageProperty.
    var language: String?
    /// The fragment is simplified: kinds are those of what is there.
    var isSimplified = false
}

/// What becomes of one attribute: instances by their dataset.
struct InstanceEdit {
    private(set) var instances: [AttributeInstance]
    /// Whether an instance of the fragment found no place.
    private(set) var hasSkipped = false
    private let mode: EditingMode

    init(_ old: JSON?, _ mode: EditingMode) {
        instances = old.map(AttributeInstances.all) ?? []
        self.mode = mode
    }

    /// The attribute with all its instances; nil: it is taken away.
    var result: JSON? { AttributeInstances.attribute(instances) }

    mutating func apply(_ fragment: JSON) throws(Refusal) {
        let given = AttributeInstances.all(fragment)
        let datasets = given.map(\.dataset)
        guard Set(datasets).count == datasets.count else {
            throw Refusal(
                .badRequest, "Two instances of an attribute have the same datasetId.",
                faults: [.init("/datasetId", "At most one may have none.")])
        }
        for instance in given { apply(instance) }
    }

    private mutating func apply(_ new: AttributeInstance) {
        let place = instances.firstIndex { $0.dataset == new.dataset }
        if NGSINull.isNull(instance: new.object) {
            if let place { instances.remove(at: place) } else if mode == .update { hasSkipped = true }
            return
        }
        switch (mode, place) {
        case (.append(overwrites: false), .some), (.update, nil): hasSkipped = true
        case (.merge(let defaults), let place?):
            instances[place] = InstanceMerge(defaults: defaults).merged(instances[place], new)
        case (.merge(let defaults), nil): instances.append(InstanceMerge(defaults: defaults).fresh(new))
        case (_, let place?): instances[place] = new
        case (_, nil): instances.append(new)
        }
    }
}
