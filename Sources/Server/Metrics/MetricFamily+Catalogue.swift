/// Every metric of a tenant; `docs/operations.md` has them as a table, and a test holds the two together.
extension MetricFamily {
    /// In the order of the page.
    static let all = [
        buildInfo, processStart, processMemory, processDescriptors, ready,
        messages, inFlight, flowStatus, captured, exchangeTimes, receiverTimes, securityTimes,
        faults, replays, duplicates, replayMarks,
        keyOperations, keyLastUsed, keyNotAfter, overdueDestructions, tlsHandshakes,
        queueMessages, queueOldest, renewalAlerts, informs,
        droppedRecords, droppedSeries,
    ]

    static let buildInfo = MetricFamily(
        "rekey_build_info",
        .gauge,
        labels: ["version", "libcrypto"],
        "Always 1; the labels say which program and which libcrypto run."
    )
    static let processStart = MetricFamily(
        "process_start_time_seconds",
        .gauge,
        "When the process began, in seconds since 1970."
    )
    static let processMemory = MetricFamily(
        "process_resident_memory_bytes",
        .gauge,
        "Memory of the process that is in RAM."
    )
    static let processDescriptors = MetricFamily("process_open_fds", .gauge, "Open file descriptors of the process.")
    static let ready = MetricFamily(
        "rekey_ready",
        .gauge,
        labels: ["check"],
        "Whether a check of /readyz holds: 1 or 0."
    )
    static let renewalAlerts = MetricFamily(
        "rekey_renewal_alerts",
        .gauge,
        labels: ["alert"],
        "What somebody has to look into, of the renewals that have not ended."
    )
    static let messages = MetricFamily(
        "rekey_messages_total",
        .counter,
        labels: ["flow", "sender", "receiver", "event"],
        "Messages of a flow by what happened to them; kept over restarts."
    )
    static let inFlight = MetricFamily(
        "rekey_exchanges_in_flight",
        .gauge,
        labels: ["flow"],
        "Exchanges under way."
    )
    static let flowStatus = MetricFamily(
        "rekey_flow_status",
        .gauge,
        labels: ["flow", "status"],
        "1 for the status that the flow has, 0 for the others."
    )
    static let captured = MetricFamily(
        "rekey_flow_captured",
        .gauge,
        labels: ["flow"],
        "1 while the messages of a flow are kept with their content (rekey flow capture), else 0."
    )
    static let exchangeTimes = MetricFamily(
        "rekey_exchange_duration_seconds",
        .histogram,
        labels: ["flow", "direction"],
        "Time from a whole request to its answer (inbound), or of one delivery attempt (outbound)."
    )
    static let receiverTimes = MetricFamily(
        "rekey_receiver_duration_seconds",
        .histogram,
        labels: ["flow"],
        "Time from the request to a receiver until its whole answer, or until it was given up."
    )
    static let securityTimes = MetricFamily(
        "rekey_security_duration_seconds",
        .histogram,
        labels: ["flow", "direction"],
        "Time in which an exchange verified, decrypted, signed and encrypted."
    )
    static let faults = MetricFamily(
        "rekey_faults_total",
        .counter,
        labels: ["flow", "partner", "side", "code"],
        "What went wrong, by code, since the process began."
    )
    static let replays = MetricFamily(
        "rekey_replay_refusals_total",
        .counter,
        labels: ["flow"],
        "Messages refused because their signature or nonce was accepted before; kept over restarts."
    )
    static let duplicates = MetricFamily(
        "rekey_duplicate_messages_total",
        .counter,
        labels: ["flow"],
        "One-way messages that came again, and were answered and not stored again; kept over restarts."
    )
    static let replayMarks = MetricFamily(
        "rekey_replay_marks",
        .gauge,
        labels: ["flow"],
        "Signatures and nonces of accepted messages that are remembered; bounded by limits.replayCapacity."
    )
    static let keyOperations = MetricFamily(
        "rekey_key_operations_total",
        .counter,
        labels: ["flow", "partner", "side", "operation", "alias", "version", "result"],
        "Uses of a key version; kept over restarts."
    )
    static let keyLastUsed = MetricFamily(
        "rekey_key_last_used_timestamp_seconds",
        .gauge,
        labels: ["alias", "version"],
        "When a key version was last used with success, in a message or a TLS handshake, in seconds since 1970."
    )
    static let keyNotAfter = MetricFamily(
        "rekey_key_not_after_timestamp_seconds",
        .gauge,
        labels: ["alias", "version", "state"],
        "When the certificate of a staged, active or retiring key version ends, in seconds since 1970."
    )
    static let overdueDestructions = MetricFamily(
        "rekey_key_destructions_overdue",
        .gauge,
        "Key versions whose keeping time is over and that are not destroyed yet."
    )
    static let tlsHandshakes = MetricFamily(
        "rekey_tls_handshakes_total",
        .counter,
        labels: ["alias", "version", "end"],
        "TLS handshakes that a key version signed, resumed ones not among them, since the process began."
    )
    static let queueMessages = MetricFamily(
        "rekey_queue_messages",
        .gauge,
        labels: ["flow", "state"],
        "Stored one-way messages that are not completed or discarded."
    )
    static let informs = MetricFamily(
        "rekey_informs",
        .gauge,
        labels: ["state"],
        "Mails and events to people and their systems that wait, or that were given up."
    )
    static let queueOldest = MetricFamily(
        "rekey_queue_oldest_age_seconds",
        .gauge,
        labels: ["flow"],
        "Age of the oldest message that waits for its delivery; 0 when none does."
    )
    static let droppedRecords = MetricFamily(
        "rekey_message_log_dropped_total",
        .counter,
        "Records of the message log that found no room because the store took no writes, since the process began."
    )
    static let droppedSeries = MetricFamily(
        "rekey_metrics_dropped_series",
        .gauge,
        "Series left out of this page because their metric has too many."
    )
}
