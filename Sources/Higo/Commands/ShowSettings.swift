import ArgumentParser
import Platform

struct ShowSettings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List every setting with its variable, default and meaning.")

    func run() async throws { print(Settings.reference(), terminator: "") }
}
