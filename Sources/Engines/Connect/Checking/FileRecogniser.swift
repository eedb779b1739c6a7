import Civic
import Foundation
import JSON
import Storage
import Tabular

/// Finds out what a file is: a feed, shapes, measurements, a known table, or a table of its own.
package struct FileRecogniser {
    package let catalogue: ModelCatalogue
    package let places: MunicipalityFinder
    package let limits: ImportLimits

    package init(
        catalogue: ModelCatalogue, places: MunicipalityFinder, limits: ImportLimits
    ) {
        self.catalogue = catalogue
        self.places = places
        self.limits = limits
    }

    func recognise(
        _ path: String, _ identity: FileIdentity, _ options: ImportOptions, _ terms: SourceTerms
    ) throws -> RecognisedFile {
        guard identity.size <= limits.fileBytes else {
            throw Refusal(
                .tooLarge, "A file may have at most \(limits.fileBytes) bytes; this one has \(identity.size).")
        }
        let name = identity.name.lowercased()
        if name.hasSuffix(".zip") { return try feed(path, identity) }
        if name.hasSuffix(".geojson") || name.hasSuffix(".json") { return try shapes(path, identity) }
        return try table(path, identity, options, terms)
    }

    private func feed(_ path: String, _ identity: FileIdentity) throws -> RecognisedFile {
        let models = catalogue.gtfs
        let producer = try FeedProducer(
            path: path, feed: EntityKeys.urnPart(identity.stem), models: models, places: places,
            limits: limits)
        return RecognisedFile(
            kind: .feed, type: models.stop.type, title: "GTFS", score: 1, columns: [], producer: producer)
    }

    private func shapes(_ path: String, _ identity: FileIdentity) throws -> RecognisedFile {
        guard identity.size <= ShapeProducer.byteLimit else {
            throw Refusal(.tooLarge, "A GeoJSON file may have at most \(ShapeProducer.byteLimit) bytes.")
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Refusal(.notFound, "The file cannot be opened.")
        }
        let producer = try ShapeProducer(bytes: Array(bytes), shapes: catalogue.shapes)
        let shape = producer.shape
        return RecognisedFile(
            kind: .shapes, type: shape.type, title: shape.label["ja"] ?? shape.type, score: 1, columns: [],
            producer: producer)
    }

    private func open(_ path: String) throws -> TableReader {
        try TableReader(path: path, options: TableOptions(limits: limits.table))
    }

    private func table(
        _ path: String, _ identity: FileIdentity, _ options: ImportOptions, _ terms: SourceTerms
    ) throws -> RecognisedFile {
        let reader = try open(path)
        let matcher = ModelMatcher(catalogue: catalogue)
        switch try matcher.match(reader, file: identity.name, wanted: options.model) {
        case .model(let match): return try known(match, path, reader, identity, options, terms)
        case .series(let series): return try measured(series, reader, identity)
        case .unknown: return try unknown(path, reader, identity)
        }
    }

    private func known(
        _ match: ModelMatch, _ path: String, _ reader: TableReader, _ identity: FileIdentity,
        _ options: ImportOptions, _ terms: SourceTerms
    ) throws -> RecognisedFile {
        guard !match.model.isPersonal else {
            throw Refusal(
                .forbidden, "The file holds personal data (\(match.model.name)), which is not linked as open entities.")
        }
        let column = try KeySurvey.firstUnique(of: match.keyCandidates, in: try open(path))
        let rule = column.map { EntityKeys.Rule.column($0) } ?? .digest(match.digestColumns)
        let mapper = RowMapper(
            match: match, columns: reader.columns, terms: terms,
            fallbackCode: FileNameCode.bodyCode(of: identity.name) ?? options.tenant.rawValue, places: places,
            keys: EntityKeys(type: match.model.type, rule: rule))
        let columns = reader.columns.map { column in
            let item = match.items[column.index].map { match.model.items[$0].name }
            let gathered = match.collected.contains(column.index) ? match.model.collection?.into : nil
            return ReportedColumn(title: column.name, attribute: item ?? gathered)
        }
        return RecognisedFile(
            kind: .model, type: match.model.type, title: match.model.name, score: match.score,
            sameAsGroup: match.model.sameAsGroup, columns: columns, dialect: ReportedDialect(reader.dialect),
            producer: TableProducer(reader: reader, mapper: mapper))
    }

    private func measured(
        _ series: SeriesModel, _ reader: TableReader, _ identity: FileIdentity
    ) throws -> RecognisedFile {
        let names = Dictionary(
            series.values.map { (TextFolding.headerKey($0.column), $0.name) }, uniquingKeysWith: { first, _ in first })
        let columns = reader.columns.map {
            ReportedColumn(title: $0.name, attribute: names[TextFolding.headerKey($0.title)])
        }
        return RecognisedFile(
            kind: .series, type: series.type, title: series.label["ja"] ?? series.id, score: 1, series: series,
            columns: columns, dialect: ReportedDialect(reader.dialect),
            producer: try SeriesProducer(reader: reader, series: series, fileStem: identity.stem))
    }

    private func unknown(_ path: String, _ reader: TableReader, _ identity: FileIdentity) throws -> RecognisedFile {
        let survey = try open(path)
        var profile = TableProfile(columnCount: survey.columns.count)
        while let row = try survey.next() { profile.note(row) }
        let types = profile.columns.map(\.type)
        let columns = reader.columns.map { ReportedColumn(title: $0.name, type: types[$0.index].rawValue) }
        return RecognisedFile(
            kind: .table, title: identity.stem, score: 0, columns: columns, dialect: ReportedDialect(reader.dialect),
            producer: OpenTableProducer(reader: reader, types: types))
    }
}
