import Connect
import Entities
import Testing

@Suite struct KnownSourcesTests {
    private let sources = try? KnownSources(folder: "\(dataFolder)/sources")

    @Test(arguments: [
        ("shelters.csv", Visibility.public, true), ("shelters-portal-capacity.csv", .bodies, false),
        ("431001_hospital_list.csv", .public, true), ("kotogawa-dam_20230625-20230701.csv", .bodies, false),
        ("toshibus.gtfs.zip", .public, true), ("anything.csv", .bodies, false),
    ])
    func showsToAllOnlyWhatHasAnOpenLicence(file: String, visibility: Visibility, isOpen: Bool) throws {
        let terms = try #require(sources).terms(ofFile: file)
        #expect(terms.visibility == visibility)
        #expect(terms.isOpen == isOpen)
    }

    @Test func takesTheCallersLicenceFirst() throws {
        let sources = try #require(sources)
        #expect(sources.terms(ofFile: "anything.csv", licence: "CC BY 4.0").visibility == .public)
        #expect(sources.terms(ofFile: "anything.csv", licence: "all rights reserved").visibility == .tenant)
    }

    @Test func knowsTheMunicipalityByTheFilesName() throws {
        let sources = try #require(sources)
        #expect(sources.terms(ofFile: "432024_aed.csv").about == "432024")
        #expect(sources.terms(ofFile: "432025_aed.csv").about == nil)
        #expect(sources.terms(ofFile: "430005_x.csv").about == nil)
    }

    @Test func listsKumamotosFiles() throws {
        let list = try FileList.named("kumamoto", dataFolder: dataFolder)
        #expect(list.files.first == "kumamoto-municipalities.geojson")
        #expect(list.paths(root: ".").last == "./../shared/data/timeseries/kumamoto-traffic-5min.csv")
    }
}
