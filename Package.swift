// swift-tools-version:6.2
import PackageDescription

// Layers, from the bottom: Foundations, Kernel, modules (Engines, Domains, Portal), Higo.
// An arrow may only point down, and no module imports another; Tests/ArchitectureTests holds the manifest to it.
// Why each package is here: docs/decisions/0003-dependencies.md. Resolved versions: docs/decisions/dependencies.txt.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func library(_ name: String, in layer: String, _ dependencies: [Target.Dependency], resources: Bool = false) -> Target {
    .target(
        name: name, dependencies: dependencies, path: layer.isEmpty ? "Sources/\(name)" : "Sources/\(layer)/\(name)",
        resources: resources ? [.copy("Resources")] : [], swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", swiftSettings: settings)
}

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")

let moduleKernel: [Target.Dependency] = [
    "JSON", "Geometry", "Civic", "Storage", "Platform", "Entities", "Web", log, httpTypes, mustache,
]

let foundations: [Target] = [
    library("JSON", in: "Foundations", []),
    library("Geometry", in: "Foundations", ["JSON", "CGEOS"]),
    library("LinkedData", in: "Foundations", ["JSON"]),
    library("Tabular", in: "Foundations", ["CZip"]),
    library("Civic", in: "Foundations", []),
]

let kernel: [Target] = [
    library("Storage", in: "Kernel", ["JSON", "Geometry", log, crypto]),
    library("SQLiteStorage", in: "Kernel", ["Storage", "JSON", grdb, log]),
    library("PostgreSQLStorage", in: "Kernel", ["Storage", "JSON", "CPQ", log]),
    library("Platform", in: "Kernel", ["Storage", "JSON", "Civic", "CArgon2", crypto, yaml, log]),
    library("Entities", in: "Kernel", ["Platform", "Storage", "JSON", "Geometry", "Civic", log]),
    library(
        "Web", in: "Kernel",
        [
            "Entities", "Platform", "Storage", "JSON", "Geometry", "Civic", "CBrotli", "CZlib", hummingbird, httpTypes,
            nioCore, nioPosix, lifecycle, mustache, yaml, crypto, log,
        ], resources: true),
]

let modules: [Target] = [
    library(
        "Context", in: "Engines",
        moduleKernel
            + ["CMosquitto", "LinkedData", crypto, asyncHTTPClient, nioCore, nioHTTP1, nioPosix, lifecycle],
        resources: true),
    library("Connect", in: "Engines", moduleKernel + ["Tabular", yaml, crypto], resources: true),
    library("Maps", in: "Engines", moduleKernel, resources: true),
    library("Plan", in: "Engines", moduleKernel, resources: true),
    library("Portal", in: "", moduleKernel, resources: true),
]

let program: [Target] = [
    .executableTarget(
        name: "Higo",
        dependencies: [
            "Context", "Connect", "Maps", "Plan", "Portal", "Web", "Entities", "Platform", "Storage", "SQLiteStorage",
            "PostgreSQLStorage", "JSON", "Geometry", "Civic", "Tabular", arguments, lifecycle, log, nioCore, nioPosix,
            yaml,
        ],
        path: "Sources/Higo", swiftSettings: settings)
]

let support: [Target] = [
    .executableTarget(
        name: "higo-bare", dependencies: [hummingbird, nioCore], path: "Benchmarks/Bare", swiftSettings: settings),
    .executableTarget(
        name: "higo-entities", dependencies: ["Entities", "Platform", "SQLiteStorage", "Storage", "Geometry", "JSON"],
        path: "Benchmarks/Entities", swiftSettings: settings),
    .target(
        name: "HigoTesting",
        dependencies: [
            "Storage", "SQLiteStorage", "PostgreSQLStorage", "Platform", "Entities", "Web", "JSON", log, httpTypes,
        ],
        path: "Sources/Support/HigoTesting", swiftSettings: settings),
]

let testTargets: [Target] = [
    tests("JSON", ["JSON"]),
    tests("Geometry", ["Geometry", "JSON"]),
    tests("LinkedData", ["LinkedData", "JSON"]),
    tests("Tabular", ["Tabular", "CZip"]),
    tests("Civic", ["Civic"]),
    tests("Storage", ["HigoTesting", "Storage", "SQLiteStorage", "PostgreSQLStorage", "JSON", "Geometry"]),
    tests("Platform", ["HigoTesting", "Platform", "Storage", "JSON", "Civic"]),
    tests("Entities", ["HigoTesting", "Entities", "Platform", "Storage", "JSON", "Geometry"]),
    tests("Web", ["HigoTesting", "Web", "Entities", "Platform", "Storage", "JSON", httpTypes]),
    tests(
        "Context",
        [
            "HigoTesting", "Context", "Web", "Entities", "Platform", "Storage", "JSON", "Geometry", httpTypes, log,
            nioCore, nioHTTP1, nioPosix,
        ]),
    tests(
        "Connect",
        [
            "HigoTesting", "Connect", "Tabular", "Civic", "Web", "Entities", "Platform", "Storage", "JSON", "Geometry",
            httpTypes,
        ]),
    tests("Maps", ["HigoTesting", "Maps", "Web", "Entities", "Platform", "Storage", "JSON", "Geometry", httpTypes]),
    tests("Plan", ["HigoTesting", "Plan", "Web", "Platform", "Storage", "JSON", httpTypes]),
    tests(
        "Portal",
        [
            "HigoTesting", "Portal", "Context", "Connect", "Maps", "Plan", "Web", "Entities", "Platform", "Storage",
            "JSON", httpTypes,
        ]),
    tests("Architecture", []),
    tests("Higo", ["HigoTesting", "JSON", asyncHTTPClient, nioCore, nioHTTP1]),
]

let package = Package(
    name: "higo",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "higo", targets: ["Higo"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        systemLibrary("CGEOS", pkgConfig: "geos", apt: "libgeos-dev"),
        systemLibrary("CPQ", pkgConfig: "libpq", apt: "libpq-dev"),
        systemLibrary("CArgon2", pkgConfig: "libargon2", apt: "libargon2-dev"),
        systemLibrary("CBrotli", pkgConfig: "libbrotlienc", apt: "libbrotli-dev"),
        systemLibrary("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
        systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        systemLibrary("CMosquitto", pkgConfig: "libmosquitto", apt: "libmosquitto-dev"),
    ] + foundations + kernel + modules + program + support + testTargets
)
