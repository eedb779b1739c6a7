import NIOCore
import NIOHTTPTypes
import Storage

/// Gives a request a time in which it must have come in whole; after it, whoever reads the body gets a refusal.
///
/// Small requests come in one piece and set no timer.
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let time: TimeAmount
    private var isReading = false
    private var timer: Scheduled<Void>?

    init(seconds: Double) { time = .nanoseconds(Int64(seconds * 1e9)) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReading = true
        case .body: break
        case .end:
            isReading = false
            timer?.cancel()
            timer = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, timer == nil { startTimer(context) }
        context.fireChannelReadComplete()
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    private func startTimer(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = bound.value
            handler.timer = nil
            guard handler.isReading else { return }
            context.fireErrorCaught(
                Refusal(.requestTimeout, "The request did not come in whole in time; send it again."))
        }
    }
}
