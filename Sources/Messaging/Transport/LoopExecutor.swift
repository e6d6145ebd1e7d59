package import NIOCore

/// Runs tasks on an event loop: what carries a message then changes threads only where it waits for the store or for long work.
///
/// Work on the loop keeps its other connections waiting, so what takes long goes elsewhere (``LongWork``).
package final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    /// An executor for tasks that use the connections of `loop`.
    package init(_ loop: any EventLoop) { self.loop = loop }

    /// Runs a task's next piece in the loop's turn.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
