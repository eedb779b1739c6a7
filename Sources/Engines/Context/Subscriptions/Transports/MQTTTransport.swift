import NIOPosix
import Platform
import Synchronization

/// Publishes notifications to MQTT brokers (ETSI GS CIM 009 clause 7): the path of the URI is the topic, `notifierInfo`
/// says version and quality of service. One connection for each broker and user.
final class MQTTTransport: NotificationTransport {
    private let policy: ReceiverPolicy
    private let caFile: String?
    private let connections = Mutex<[MQTTBroker: MQTTConnection]>([:])

    init(_ settings: NotificationSettings, policy: ReceiverPolicy) {
        self.policy = policy
        caFile = settings.mqttCAFile
    }

    func send(
        _ notification: RenderedNotification, to endpoint: NotificationEndpoint, seconds: Double
    ) async throws(DeliveryFailure) -> Int? {
        guard let address = EndpointAddress(notification.url), !address.path.isEmpty else {
            throw DeliveryFailure(
                reason: "'\(EndpointAddress.hidingPassword(notification.url))' names no broker and topic.",
                isFinal: true)
        }
        if let fault = await policy.fault(host: address.host) { throw DeliveryFailure(reason: fault, isFinal: true) }
        let version: MQTTBroker.Version = endpoint.notifierValue("MQTT-Version")?.contains("3.1") == true ? .v311 : .v5
        let connection = try await connection(
            MQTTBroker(
                host: address.host, port: address.port, user: address.user, password: address.password,
                isSecure: address.isSecure, version: version, caFile: caFile))
        let qos = endpoint.notifierValue("MQTT-QoS").flatMap { Int($0) }.map { min(max($0, 0), 2) } ?? 0
        try await connection.publish(
            notification.body, topic: address.path, qos: qos, retains: endpoint.notifierValue("MQTT-Retain") == "true",
            seconds: seconds)
        return nil
    }

    private func connection(_ broker: MQTTBroker) async throws(DeliveryFailure) -> MQTTConnection {
        if let connection = connections.withLock({ $0[broker] }) { return connection }
        let made: Result<MQTTConnection, DeliveryFailure>
        do {
            made = try await NIOThreadPool.singleton.runIfActive {
                do throws(DeliveryFailure) { return .success(try MQTTConnection(broker)) } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw DeliveryFailure(reason: "The server is stopping.")
        }
        let fresh = try made.get()
        // Another lane may have been quicker.
        let (used, spare) = connections.withLock { connections -> (MQTTConnection, MQTTConnection?) in
            if let other = connections[broker] { return (other, fresh) }
            connections[broker] = fresh
            return (fresh, nil)
        }
        if let spare { await Self.close([spare]) }
        return used
    }

    func close() async {
        let all = connections.withLock { connections in
            defer { connections = [:] }
            return Array(connections.values)
        }
        await Self.close(all)
    }

    private static func close(_ connections: [MQTTConnection]) async {
        try? await NIOThreadPool.singleton.runIfActive { for connection in connections { connection.close() } }
    }
}
