import Platform
import Storage
import Testing

@Suite struct SettingsTests {
    private func faults(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) -> [String] {
        do {
            _ = try Settings(flags: flags, environment: environment, file: file)
            return []
        } catch {
            return error.faults.isEmpty ? [error.detail] : error.faults.map { "\($0.pointer): \($0.detail)" }
        }
    }

    @Test func flagsStandOverEnvironmentOverFileOverDefaults() throws {
        let file = """
            server:
              host: 0.0.0.0
              port: 8001
            limits:
              body: 20MiB
            """
        let environment = [
            "HIGO_SERVER_PORT": "8002", "HIGO_LIMITS_ROWS": "50", "HIGO_TEST_POSTGRES": "x", "PATH": "/",
        ]
        let settings = try Settings(flags: ["limits.rows": "60"], environment: environment, file: file)
        #expect(settings.server.host == "0.0.0.0")
        #expect(settings.server.port == 8002)
        #expect(settings.limits.rows == 60)
        #expect(settings.limits.bodyBytes == 20 << 20)
        #expect(settings.sessions.idleSeconds == 7_200)
    }

    @Test func refusesUnknownKeysWithTheNearestKnownOne() {
        #expect(
            faults(
                flags: ["server.prot": "1"], environment: ["HIGO_SERVER_PROT": "1"], file: "server:\n  hots: x\n")
                == [
                    "--server.prot: Unknown setting. Did you mean 'server.port'?",
                    "HIGO_SERVER_PROT: Unknown setting. Did you mean 'HIGO_SERVER_PORT'?",
                    "higo.yaml: server.hots: Unknown setting. Did you mean 'server.host'?",
                ])
        #expect(faults(file: "weather: fine\n") == ["higo.yaml: weather: Unknown setting."])
    }

    @Test func tellsAllFaultsAtOnceEachWithItsPlace() {
        #expect(
            faults(
                flags: ["server.port": "70000"], environment: ["HIGO_LIMITS_BODY": "much"], file: "log: {level: loud}")
                == [
                    "--server.port: 'server.port' must be a whole number from 0 to 65535, not '70000'.",
                    "HIGO_LIMITS_BODY: 'limits.body' must be a size such as 4096, 512KiB or 20MiB, "
                        + "from 1024 to 1073741824 bytes, not 'much'.",
                    "higo.yaml: log.level: 'log.level' must be one of trace, debug, info, notice, warning, error, "
                        + "critical, not 'loud'.",
                ])
    }

    @Test func neverShowsSecrets() throws {
        let wrong = faults(environment: ["HIGO_DATABASE_URL": "mysql://root:hush@db/x"])
        #expect(wrong == ["HIGO_DATABASE_URL: 'database.url' must start with postgres://, not '•••'."])
        let settings = try Settings(environment: ["HIGO_DATABASE_URL": "postgres://higo:hush@db/x"])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(!"\(settings)".contains("hush"))
        #expect(settings.database.url?.reveal() == "postgres://higo:hush@db/x")
    }

    @Test func refusesContradictions() {
        #expect(faults(flags: ["server.open": "true", "server.host": "0.0.0.0"]).count == 1)
        #expect(faults(flags: ["server.open": "true", "server.host": "::1"]).isEmpty)
        #expect(faults(flags: ["sessions.idle": "12h", "sessions.absolute": "1h"]).count == 1)
    }

    @Test func refusesFilesThatAreNoMapOfSettings() {
        #expect(faults(file: "").isEmpty)
        #expect(faults(file: "# only a comment\n").isEmpty)
        #expect(faults(file: "just words").count == 1)
        #expect(faults(file: "server: [1, 2]").count == 1)
        #expect(faults(file: "server: {port").count == 1)
    }

    @Test func everyFieldHasAReadableDefaultAndAUniqueName() throws {
        let fields = Settings.fields
        #expect(Set(fields.map(\.key)).count == fields.count)
        #expect(Set(fields.map(\.environmentName)).count == fields.count)
        #expect(fields.allSatisfy { $0.summary.hasSuffix(".") })
        _ = try Settings()
        let written = Dictionary(
            uniqueKeysWithValues: fields.compactMap { field in
                field.defaultValue.map { (field.environmentName, $0) }
            })
        _ = try Settings(environment: written)
        #expect(Settings.reference().contains("| `server.port` | `HIGO_SERVER_PORT` | integer | `8080` |"))
    }
}
