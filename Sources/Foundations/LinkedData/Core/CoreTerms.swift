/// The terms of NGSI-LD's core context as a table: groups of terms that came in one version and are read alike.
///
/// A term is written `term` or `term=name`, where `name` is what follows the group's namespace if it differs. Where
/// public change lists do not say when a term came, the group names the first version that is known to have it.
struct CoreTerms {
    let since: Int
    /// The last version with these terms, if they are gone.
    var until: Int?
    var namespace = CoreTerms.ngsi
    var coercion: TermDefinition.Coercion?
    var container: TermDefinition.Container = []
    let terms: String

    static let ngsi = "https://uri.etsi.org/ngsi-ld/"
    static let geoJSON = "https://purl.org/geojson/vocab#"
    static let dublinCore = "http://purl.org/dc/terms/"
    static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    /// What the core context puts before terms that no context defines.
    static let defaultVocabulary = "https://uri.etsi.org/ngsi-ld/default-context/"
    private static let dateTime = TermDefinition.Coercion.datatype(ngsi + "DateTime")

    static let groups: [CoreTerms] = entityGroups + queryGroups + subscriptionGroups + temporalGroups + laterGroups

    /// Entities and their attributes.
    private static let entityGroups: [CoreTerms] = [
        CoreTerms(since: 0, terms: "Property Relationship GeoProperty TemporalProperty Date DateTime Time"),
        CoreTerms(since: 0, terms: "value=hasValue unitCode location observationSpace operationSpace"),
        CoreTerms(since: 0, coercion: .id, terms: "object=hasObject"),
        CoreTerms(since: 2, coercion: .id, terms: "datasetId"),
        CoreTerms(since: 0, coercion: dateTime, terms: "createdAt modifiedAt observedAt"),
        CoreTerms(
            since: 0, namespace: geoJSON,
            terms: "Point Polygon LineString MultiPoint MultiPolygon MultiLineString"),
        CoreTerms(since: 3, namespace: geoJSON, terms: "Feature FeatureCollection geometry properties"),
        CoreTerms(since: 3, namespace: geoJSON, container: .list, terms: "bbox coordinates"),
        CoreTerms(since: 3, namespace: geoJSON, container: .set, terms: "features"),
        CoreTerms(since: 5, namespace: geoJSON, terms: "GeometryCollection"),
        CoreTerms(since: 4, terms: "LanguageProperty lang"),
        CoreTerms(since: 4, container: .language, terms: "languageMap=hasLanguageMap"),
        CoreTerms(since: 5, terms: "scope"),
        CoreTerms(since: 6, coercion: dateTime, terms: "deletedAt"),
        CoreTerms(since: 7, terms: "VocabProperty"),
        CoreTerms(since: 7, coercion: .vocab, terms: "vocab=hasVocab"),
        CoreTerms(since: 8, terms: "JsonProperty ListProperty ListRelationship entity"),
        CoreTerms(since: 8, coercion: .json, terms: "json=hasJSON"),
        CoreTerms(since: 8, coercion: .vocab, terms: "objectType=hasObjectType"),
        CoreTerms(since: 8, container: .list, terms: "valueList=hasValueList objectList=hasObjectList entityList"),
        CoreTerms(since: 8, container: .index, terms: "dataset=hasDataset"),
        CoreTerms(since: 9, coercion: .vocab, terms: "valueType=hasValueType"),
        CoreTerms(since: 9, terms: "ngsildproof"),
        CoreTerms(since: 9, namespace: rdf, terms: "langString"),
    ]

    /// Queries, discovery of types, and answers.
    private static let queryGroups: [CoreTerms] = [
        CoreTerms(since: 0, terms: "q geoQ csf georel geoproperty detail error errors reason updated unchanged"),
        CoreTerms(since: 0, terms: "notUpdated entities idPattern data status uri"),
        CoreTerms(since: 0, coercion: .id, terms: "entityId success"),
        CoreTerms(since: 0, coercion: .vocab, terms: "attributeName"),
        CoreTerms(since: 3, namespace: dublinCore, terms: "title description"),
        CoreTerms(
            since: 3, terms: "Attribute AttributeList EntityType EntityTypeInfo EntityTypeList attrs entityCount"),
        CoreTerms(since: 3, namespace: defaultVocabulary, terms: "attributeCount attributeDetails"),
        CoreTerms(
            since: 3, coercion: .vocab,
            terms: "attributeList attributeNames attributeTypes typeList typeName typeNames"),
        CoreTerms(since: 5, terms: "scopeQ"),
        CoreTerms(since: 8, terms: "pick omit jsonKeys join joinLevel=hasJoinLevel containedBy=isContainedBy"),
        CoreTerms(since: 8, terms: "entityMap=hasEntityMap linkedMaps"),
        CoreTerms(since: 9, terms: "collation ordering expandValues resultStatus ExecutionResultDetails"),
        CoreTerms(since: 9, container: .list, terms: "orderBy"),
        CoreTerms(since: 9, coercion: .json, terms: "problemDetails"),
    ]

    /// Subscriptions, notifications and registrations.
    private static let subscriptionGroups: [CoreTerms] = [
        CoreTerms(since: 0, terms: "Subscription Notification ContextSourceRegistration ContextSourceNotification"),
        CoreTerms(since: 0, terms: "accept endpoint format information isActive notification timeInterval throttling"),
        CoreTerms(since: 0, terms: "timesSent observationInterval managementInterval"),
        CoreTerms(since: 0, coercion: .vocab, terms: "attributes watchedAttributes"),
        CoreTerms(since: 0, coercion: .id, terms: "subscriptionId"),
        CoreTerms(since: 0, coercion: dateTime, terms: "lastFailure lastNotification lastSuccess notifiedAt"),
        CoreTerms(since: 3, terms: "contextSourceInfo key=hasKey notifierInfo registrationName subscriptionName"),
        CoreTerms(since: 3, coercion: .vocab, terms: "propertyNames relationshipNames"),
        CoreTerms(since: 3, coercion: dateTime, terms: "expiresAt startAt endAt"),
        CoreTerms(since: 4, terms: "receiverInfo refreshRate timesFailed"),
        CoreTerms(since: 4, coercion: .id, terms: "tenant"),
        CoreTerms(since: 6, terms: "cacheDuration contextSourceAlias cooldown localOnly management mode operations"),
        CoreTerms(since: 6, terms: "notificationTrigger registrationId showChanges sysAttrs timeout triggerReason"),
        CoreTerms(since: 6, terms: "previousValue=hasPreviousValue"),
        CoreTerms(since: 6, coercion: .id, terms: "previousObject=hasPreviousObject"),
        CoreTerms(since: 6, container: .language, terms: "previousLanguageMap=hasPreviousLanguageMap"),
        CoreTerms(since: 7, coercion: .vocab, terms: "previousVocab=hasPreviousVocab"),
        CoreTerms(since: 8, coercion: .json, terms: "previousJson=hasPreviousJson contextSourceExtras"),
        CoreTerms(
            since: 8, container: .list,
            terms: "previousObjectList=hasPreviousObjectList previousValueList=hasPreviousValueList"),
        CoreTerms(since: 8, terms: "ContextSourceIdentity contextSourceUptime"),
        CoreTerms(since: 8, coercion: dateTime, terms: "contextSourceTimeAt"),
    ]

    /// Evolution in time.
    private static let temporalGroups: [CoreTerms] = [
        CoreTerms(since: 0, terms: "temporalQ timeproperty timerel"),
        CoreTerms(since: 0, container: .list, terms: "values=hasValues objects=hasObjects"),
        CoreTerms(since: 1, coercion: .id, terms: "instanceId"),
        CoreTerms(since: 3, coercion: dateTime, terms: "timeAt endTimeAt"),
        CoreTerms(since: 4, container: .list, terms: "languageMaps=hasLanguageMaps"),
        CoreTerms(since: 5, container: .list, terms: "avg distinctCount max min stddev sum sumsq totalCount"),
        CoreTerms(since: 7, container: .list, terms: "vocabs=hasVocabs"),
        CoreTerms(since: 8, container: .list, terms: "jsons valueLists=hasValueLists"),
        CoreTerms(since: 9, container: .list, terms: "objectLists=hasObjectLists"),
        CoreTerms(since: 9, terms: "aggrParams aggrMethods aggrPeriodDuration"),
    ]

    /// Snapshots, and words that version 1.3 gave up.
    private static let laterGroups: [CoreTerms] = [
        CoreTerms(since: 9, terms: "Snapshot SnapshotNotification snapshotId snapshotLifetime snapshotPriority"),
        CoreTerms(since: 9, terms: "snapshotStatus"),
        CoreTerms(
            since: 9, container: .list,
            terms: "snapshotQueries snapshotQueriesDetails snapshotTemporalQueries snapshotTemporalQueriesDetails"),
        CoreTerms(since: 9, coercion: dateTime, terms: "lastUsedAt"),
        CoreTerms(since: 0, until: 2, terms: "name title description geometry coordinates"),
        CoreTerms(since: 0, until: 2, coercion: .vocab, terms: "properties relationships"),
        CoreTerms(since: 0, until: 2, coercion: dateTime, terms: "start end time endTime expires"),
    ]
}
