import Foundation
import Plan

/// The project's own plan data, as the server reads it.
enum PlanFixture {
    static let dataFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("data").path

    static func service() throws -> PlanService { PlanService(try PlanDocument.load(dataFolder: dataFolder)) }
}
