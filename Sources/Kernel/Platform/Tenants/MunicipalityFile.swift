import Civic
import Foundation
import Storage

/// Reads `data/tenants/municipalities.csv`: our own facts, UTF-8, one header row, no quoted cells.
package enum MunicipalityFile {
    private static let header =
        "code,name,kana,romaji,county,type,population,population_basis,area_km2,lat,lon,url"

    package static func read(folder dataFolder: String) throws(Refusal) -> [Tenant] {
        let path = dataFolder + "/tenants/municipalities.csv"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Refusal(.notFound, "The list of municipalities is missing: \(path).")
        }
        return try parse(String(decoding: bytes, as: UTF8.self))
    }

    package static func parse(_ text: String) throws(Refusal) -> [Tenant] {
        var lines = text.split(whereSeparator: \.isNewline)[...]
        guard lines.popFirst().map(String.init) == header else {
            throw Refusal(.invalid, "The list of municipalities must start with the header '\(header)'.")
        }
        var tenants: [Tenant] = []
        for (index, line) in lines.enumerated() { tenants.append(try municipality(line, number: index + 2)) }
        return tenants
    }

    private static func municipality(_ line: Substring, number: Int) throws(Refusal) -> Tenant {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 12, MunicipalityCode(sixDigits: cells[0]) != nil else {
            throw Refusal(
                .invalid,
                "Line \(number) of the municipalities needs 12 cells, first a 6-digit code with its check digit."
            )
        }
        let filled = cells.map { $0.isEmpty ? nil : $0 }
        return Tenant(
            id: TenantID(cells[0]), kind: .municipality, name: cells[1], kana: cells[2], romaji: cells[3],
            county: filled[4], municipalityType: filled[5], population: filled[6].flatMap { Int($0) },
            populationBasis: filled[7], areaKm2: filled[8], latitude: filled[9].flatMap { Double($0) },
            longitude: filled[10].flatMap { Double($0) }, url: filled[11])
    }
}
