import Foundation
import Testing
import Web

/// Rules that the words files of all modules keep.
@Suite struct AllWordsTests {
    static let folders: [String] = {
        let files = FileManager.default.enumerator(atPath: "Sources")?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix("Resources/Words") }.map { "Sources/" + $0.dropLast("/Words".count) }
            .sorted()
    }()

    /// A fiscal year is said by the era in Japanese, by two calendar years in English; all of them are given.
    static let ofOtherCalendars: [String: Set<String>] = ["format.fiscalYear": ["next"]]

    @Test func findsWordsFiles() { #expect(Self.folders.count >= 2) }

    @Test(arguments: folders) func hasEqualKeysInAllLanguages(folder: String) throws {
        let words = try PageKit.load(folders: [folder]).words
        let japanese = words.keys(.ja)
        #expect(!japanese.isEmpty)
        for language in Language.allCases { #expect(words.keys(language) == japanese, "\(folder), \(language)") }
    }

    @Test(arguments: folders) func wantsNoOtherArgumentsThanInJapanese(folder: String) throws {
        let words = try PageKit.load(folders: [folder]).words
        for key in words.keys(.ja) {
            for language in Language.allCases {
                let known = words.argumentNames(key, .ja).union(Self.ofOtherCalendars[key, default: []])
                #expect(words.argumentNames(key, language).isSubset(of: known), "\(key), \(language)")
            }
        }
    }

    /// A template reaches `a.b.c` by way of `a.b`, which must then not be a text itself.
    @Test(arguments: folders) func hasNoKeyInsideAnother(folder: String) throws {
        let keys = try PageKit.load(folders: [folder]).words.keys(.ja)
        for key in keys {
            let parts = key.split(separator: ".")
            for length in 1..<parts.count {
                #expect(!keys.contains(parts.prefix(length).joined(separator: ".")), "\(key)")
            }
        }
    }

    /// やさしい日本語 has a reading over each kanji.
    @Test(arguments: folders) func readsEveryKanjiOfEasyJapanese(folder: String) throws {
        let words = try PageKit.load(folders: [folder]).words
        for key in words.keys(.jaEasy) {
            let names = words.argumentNames(key, .jaEasy).map { ($0, WordArgument.number(2)) }
            let html = words.book(.jaEasy)(WordKey(key), Dictionary(names, uniquingKeysWith: { $1 })).html.text
            let bare = html.replacing(/<ruby>.*?<\/ruby>/, with: "")
            #expect(!bare.contains(/\p{Script=Han}/), "\(key): \(bare)")
        }
    }
}
