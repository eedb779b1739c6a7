import CMosquitto
import Storage
import Synchronization

/// Which broker, as whom, and how.
struct MQTTBroker: Sendable, Hashable {
    enum Version: Int32, Sendable { case v311 = 4, v5 = 5 }

    var host: String
    var port: Int
    var user: String?
    var password: String?
    var isSecure: Bool
    var version: Version
    var caFile: String?
}

/// A connection to one broker. The library's own thread reads, writes and connects again; its callbacks come here.
final class MQTTConnection: @unchecked Sendable {
    // The handle is the library's, whose calls are safe from any thread while its loop runs.
    private let handle: OpaquePointer

    private enum Link {
        case opening
        case open
        case closed(String)
    }

    private struct State {
        var link = Link.opening
        var waiting: [Int: CheckedContinuation<String?, Never>] = [:]
        var lastWaiter = 0
        /// Publications by the library's number, and those whose end came before they were noted.
        var published: [Int32: CheckedContinuation<String?, Never>] = [:]
        var early: [Int32: String?] = [:]
    }

    private let state = Mutex(State())

    private static let library: Void = { mosquitto_lib_init() }()

    /// Begins to connect. Looks up the name, so call it where blocking is no harm.
    init(_ broker: MQTTBroker) throws(DeliveryFailure) {
        _ = Self.library
        guard let handle = mosquitto_new(nil, true, nil) else {
            throw DeliveryFailure(reason: "No MQTT client can be made.")
        }
        self.handle = handle
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, broker.version.rawValue)
        mosquitto_reconnect_delay_set(handle, 1, 30, true)
        if let user = broker.user { mosquitto_username_pw_set(handle, user, broker.password) }
        if broker.isSecure {
            let code = mosquitto_tls_set(
                handle, broker.caFile, broker.caFile == nil ? "/etc/ssl/certs" : nil, nil, nil, nil)
            guard code == MOSQ_ERR_SUCCESS.rawValue else { throw DeliveryFailure(reason: Self.text(code)) }
        }
        setCallbacks()
        let code = mosquitto_connect_async(handle, broker.host, Int32(broker.port), 30)
        guard code == MOSQ_ERR_SUCCESS.rawValue else {
            throw DeliveryFailure(reason: "The broker cannot be reached: \(Self.text(code)).")
        }
        let started = mosquitto_loop_start(handle)
        guard started == MOSQ_ERR_SUCCESS.rawValue else { throw DeliveryFailure(reason: Self.text(started)) }
    }

    deinit {
        close()
        mosquitto_destroy(handle)
    }

    private func setCallbacks() {
        mosquitto_connect_callback_set(handle) { _, own, code in
            MQTTConnection.of(own)?.connected(code)
        }
        mosquitto_disconnect_callback_set(handle) { _, own, code in
            MQTTConnection.of(own)?.disconnected(code)
        }
        mosquitto_publish_v5_callback_set(handle) { _, own, number, code, _ in
            MQTTConnection.of(own)?.published(number, code)
        }
    }

    private static func of(_ own: UnsafeMutableRawPointer?) -> MQTTConnection? {
        own.map { Unmanaged<MQTTConnection>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func text(_ code: Int32) -> String {
        mosquitto_strerror(code).map { String(cString: $0) } ?? "\(code)"
    }

    private func connected(_ code: Int32) {
        let text = code == 0 ? nil : mosquitto_connack_string(code).map { String(cString: $0) } ?? "refused"
        let waiting = state.withLock { state -> [CheckedContinuation<String?, Never>] in
            state.link = text.map { .closed($0) } ?? .open
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for waiter in waiting { waiter.resume(returning: text) }
    }

    private func disconnected(_ code: Int32) {
        let lost = state.withLock { state -> [CheckedContinuation<String?, Never>] in
            if case .open = state.link { state.link = .opening }
            defer { state.published = [:] }
            state.early = [:]
            return Array(state.published.values)
        }
        for publication in lost { publication.resume(returning: "the connection to the broker was lost") }
    }

    private func published(_ number: Int32, _ code: Int32) {
        let reason: String? = code < 128 ? nil : "the broker refused it with \(code)"
        let publication = state.withLock { state -> CheckedContinuation<String?, Never>? in
            if let publication = state.published.removeValue(forKey: number) { return publication }
            state.early[number] = .some(reason)
            return nil
        }
        publication?.resume(returning: reason)
    }

    /// Returns when the broker has taken the message as its quality of service asks.
    func publish(_ body: [UInt8], topic: String, qos: Int, retains: Bool, seconds: Double) async throws(DeliveryFailure)
    {
        if let reason = await opened(seconds) { throw DeliveryFailure(reason: "The broker cannot be used: \(reason).") }
        var number: Int32 = 0
        let code = mosquitto_publish_v5(handle, &number, topic, Int32(body.count), body, Int32(qos), retains, nil)
        guard code == MOSQ_ERR_SUCCESS.rawValue else {
            throw DeliveryFailure(
                reason: "The message cannot be published: \(Self.text(code)).",
                isFinal: code == MOSQ_ERR_INVAL.rawValue || code == MOSQ_ERR_MALFORMED_UTF8.rawValue)
        }
        if let reason = await finished(number, seconds) { throw DeliveryFailure(reason: "MQTT: \(reason).") }
    }

    private func opened(_ seconds: Double) async -> String? {
        let alarm = Mutex<Task<Void, Never>?>(nil)
        let reason = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            let number = state.withLock { state -> Int? in
                if case .open = state.link { return nil }
                state.lastWaiter += 1
                state.waiting[state.lastWaiter] = continuation
                return state.lastWaiter
            }
            guard let number else { return continuation.resume(returning: nil) }
            alarm.withLock {
                $0 = Task { await self.expire(after: seconds) { $0.waiting.removeValue(forKey: number) } }
            }
        }
        alarm.withLock { $0?.cancel() }
        return reason
    }

    private func finished(_ number: Int32, _ seconds: Double) async -> String? {
        let alarm = Mutex<Task<Void, Never>?>(nil)
        let reason = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            let early = state.withLock { state -> String?? in
                if let early = state.early.removeValue(forKey: number) { return .some(early) }
                state.published[number] = continuation
                return .none
            }
            if let early { return continuation.resume(returning: early) }
            alarm.withLock {
                $0 = Task { await self.expire(after: seconds) { $0.published.removeValue(forKey: number) } }
            }
        }
        alarm.withLock { $0?.cancel() }
        return reason
    }

    private func expire(
        after seconds: Double, _ take: @Sendable (inout State) -> CheckedContinuation<String?, Never>?
    ) async {
        try? await Task.sleep(for: .seconds(seconds))
        guard !Task.isCancelled else { return }
        state.withLock { take(&$0) }?.resume(returning: "the broker did not answer within \(seconds) s")
    }

    /// Ends the connection; the object may go after it.
    func close() {
        mosquitto_disconnect(handle)
        mosquitto_loop_stop(handle, true)
    }
}
