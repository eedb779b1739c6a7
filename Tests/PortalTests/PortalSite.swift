import HigoTesting
import Portal

/// A site with the portal's pages and texts, on fresh databases.
func withPortal<T>(_ body: (TestSite) async throws -> T) async throws -> T {
    try await withTestSite([PortalModule.module], resources: ["Web", "Portal"], body)
}
