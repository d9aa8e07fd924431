using VirtualView.Engine.Status;
using VirtualView.Service.Answers;

namespace VirtualView.Service.Metrics;

/// <summary>The status of a view as metrics. Names end in their unit; what only grows ends in <c>_total</c>.</summary>
internal static class ViewMetrics
{
    public static string Of(ViewStatus view, DaemonInfo daemon, DateTimeOffset now)
    {
        var text = new PrometheusText();
        text.Each("virtualview_info", "What serves the view; always 1.", "gauge", [daemon], one => [("view", view.View), ("version", one.Version)], _ => 1)
            .Gauge("virtualview_start_time_seconds", "When the daemon started, seconds since 1970.", Seconds(daemon.StartedAt))
            .Gauge("virtualview_snapshot_number", "The number of the current snapshot.", view.Snapshot)
            .Gauge("virtualview_snapshot_age_seconds", "How long ago the view last changed.", Math.Max(0, (now - view.SnapshotTakenAt).TotalSeconds))
            .Counter("virtualview_polls_total", "Rounds of listings, of a few directories each.", view.Polls)
            .Each("virtualview_poll_duration_seconds", "How long the last round took.", "gauge", [view], _ => [], one => one.LastPollMilliseconds / 1000)
            .Gauge("virtualview_held_back_deletions", "Sources whose deletions are not believed until they are accepted.", view.HeldBack.Length)
            .Gauge("virtualview_open_handles", "Open files and directories.", view.OpenHandles)
            .Gauge("virtualview_nodes", "Entries that the kernel holds on to.", view.KnownNodes)
            .Counter("virtualview_reads_total", "Reads that were answered with bytes by the daemon.", view.Reads)
            .Counter("virtualview_passed_through_opens_total", "Opens after which the kernel reads a cached file by itself.", view.PassedThrough)
            .Counter("virtualview_served_bytes_total", "Bytes given to readers by the daemon.", view.BytesServed)
            .Counter("virtualview_fetched_bytes_total", "Bytes fetched from sources.", view.BytesFetched)
            .Counter("virtualview_failed_fetches_total", "Requests that failed in the end.", view.FailedFetches)
            .Counter("virtualview_stale_reads_total", "Reads of versions that no source has any more.", view.StaleReads)
            .Gauge("virtualview_pending_writes", "Changes that are not uploaded yet.", view.PendingWrites);
        Cache(text, view);
        Sources(text, view);
        return text.ToString();
    }

    private static void Cache(PrometheusText text, ViewStatus view)
    {
        var cache = view.Cache;
        text.Gauge("virtualview_cache_capacity_bytes", "The most that cached blocks may take.", cache.CapacityBytes)
            .Gauge("virtualview_cache_used_bytes", "What cached blocks take.", cache.UsedBytes)
            .Gauge("virtualview_cache_pinned_bytes", "Of that, what is never evicted for room.", cache.PinnedBytes)
            .Gauge("virtualview_cache_blocks", "Cached blocks.", cache.Blocks)
            .Gauge("virtualview_cache_payloads", "Versions of which something is cached.", cache.Payloads)
            .Gauge("virtualview_cache_passed_through_payloads", "Versions that the kernel reads by itself.", cache.Lent)
            .Gauge("virtualview_cache_degraded", "1 while the disk refuses blocks, so that reads go on uncached.", cache.IsDegraded ? 1 : 0)
            .Counter("virtualview_cache_hits_total", "Reads that the cache answered.", cache.Hits)
            .Counter("virtualview_cache_misses_total", "Reads that lacked a block.", cache.Misses)
            .Counter("virtualview_cache_evicted_blocks_total", "Blocks that made room for others.", cache.Evicted)
            .Counter("virtualview_cache_damaged_blocks_total", "Blocks that failed their checksum, and were not served.", cache.Damaged)
            .Counter("virtualview_cache_refused_blocks_total", "Blocks that the disk refused or that found no room.", cache.Refused);
    }

    private static void Sources(PrometheusText text, ViewStatus view)
    {
        Each("reachable", "1 when the last call was answered, 0 when not; absent before the first.", "gauge", source => source.IsReachable is { } isReachable ? isReachable ? 1 : 0 : null);
        Each("breaker_open", "1 while the source is known to be down, so that nobody waits for it.", "gauge", source => source.Breaker == "open" ? 1 : 0);
        Each("requests_total", "Calls.", "counter", source => source.Requests);
        Each("errors_total", "Calls that failed.", "counter", source => source.Errors);
        Each("read_bytes_total", "Bytes that came.", "counter", source => source.BytesRead);
        Each("first_byte_seconds", "Smoothed time to the first byte of a read.", "gauge", source => source.FirstByteMilliseconds / 1000);
        Each("rate_bytes_per_second", "Smoothed rate while bytes flow.", "gauge", source => source.BytesPerSecond);
        Each("last_answer_time_seconds", "When it last answered, seconds since 1970.", "gauge", source => source.LastAnswerAt is { } at ? Seconds(at) : null);

        void Each(string name, string help, string type, Func<SourceStatus, double?> value) =>
            text.Each($"virtualview_source_{name}", help, type, view.Sources, source => [("source", source.Name), ("kind", source.Kind)], value);
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
