import Platform
import Storage
import Web

/// The pages that span engines. They draw what modules contribute, and know none of them.
public enum PortalModule {
    public static let module = Module(
        id: "portal", contributions: contributions,
        routes: { table, ports in
            HomePage(ports: ports).add(to: &table)
            SearchPage(ports: ports).add(to: &table)
            TownsPage(ports: ports).add(to: &table)
            TownPage(ports: ports).add(to: &table)
            AboutPages(ports: ports).add(to: &table)
            SignInPages(ports: ports).add(to: &table)
            AccountPage(ports: ports).add(to: &table)
            ManagePages(ports: ports).add(to: &table)
        })

    private static let contributions: @Sendable (Ports) -> [Contribution] = { ports in
        [
            .navigation(order: 10, label: "portal.home.navigation", path: "/"),
            .navigation(order: 20, label: "portal.towns.title", path: "/towns"),
            .search(title: "portal.towns.title") { call, words, limit in
                TownSearch(ports: ports).group(call, words, limit: limit)
            },
            .search(title: "portal.search.pages") { call, words, limit in
                PageSearch(pages: ports.pages).group(call, words, limit: limit)
            },
            .manage(order: 90, label: "portal.users.title", path: "/manage/users", .manageAccounts),
        ]
    }
}
