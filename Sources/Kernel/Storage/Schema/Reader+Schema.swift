extension Reader {
    package func hasMigrationRecord() throws(Refusal) -> Bool {
        switch dialect {
        case .sqlite:
            try count("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'") > 0
        case .postgresql:
            try count("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema AND tablename = 'migrations'")
                > 0
        }
    }
}
