using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Cli.Tests.Support;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Status;
using VirtualView.Service;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Tests.Service;

public sealed class ControlServiceTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeSession _session = new();
    private ControlService? _service;
    private DaemonClient? _client;

    private string SocketPath => Path.Combine(_folder.Path, "state", "api.sock");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await StartAsync(SocketPath);
        _client = new DaemonClient(Record(SocketPath), TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await _service!.DisposeAsync();
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_says_that_it_lives() => Assert.Equal("""{"status":"ok"}""", (await _client!.GetAsync("/healthz", Cancel)).Value);

    [Fact]
    public async Task Status_is_the_view_in_camel_case_and_who_answers()
    {
        var answer = await _client!.GetAsync("/v1/status", Cancel);
        using var json = JsonDocument.Parse(answer.Value!);
        var root = json.RootElement;
        Assert.Equal(7, root.GetProperty("snapshot").GetInt64());
        Assert.Equal(1048576, root.GetProperty("cache").GetProperty("usedBytes").GetInt64());
        Assert.Equal(FakeSession.Source.ToString(), root.GetProperty("sources")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("sources")[0].GetProperty("bytesPerSecond").ValueKind);
        Assert.Equal("/mnt/exp", root.GetProperty("daemon").GetProperty("mountPoint").GetString());
        Assert.Equal(30.5, JsonSerializer.Deserialize(answer.Value!, ControlJson.Default.ViewStatus)!.Sources[0].FirstByteMilliseconds);
    }

    [Theory]
    [InlineData("GET", "/v1/status")]
    [InlineData("POST", "/v1/sync")]
    public async Task The_number_of_a_snapshot_is_told_when_it_outlives_the_daemon(string method, string address)
    {
        var recording = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.FakeSnapshots.Recording = recording.Task;
        var asked = method == "GET" ? _client!.GetAsync(address, Cancel) : _client!.PostAsync(address, null, Cancel);
        await _session.FakeSnapshots.Asked.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        recording.SetResult();
        Assert.True((await asked).IsOk);
    }

    [Fact]
    public async Task A_disk_that_does_not_record_keeps_nobody_waiting_for_the_status()
    {
        _session.FakeSnapshots.Recording = new TaskCompletionSource().Task;
        Assert.True((await _client!.GetAsync("/v1/status", Cancel)).IsOk);
    }

    [Fact]
    public async Task What_is_no_address_and_what_takes_another_method_say_so_in_json()
    {
        Assert.Equal("there is no address /v1/nothing: see docs/commands.md for those that are", (await _client!.GetAsync("/v1/nothing", Cancel)).Failure!.Lines[0]);
        Assert.Equal("/v1/sync does not take GET: it takes POST", (await _client!.GetAsync("/v1/sync", Cancel)).Failure!.Lines[0]);
    }

    [Fact]
    public async Task The_status_of_a_daemon_of_an_older_release_is_shown()
    {
        var status = System.Text.Json.Nodes.JsonNode.Parse((await _client!.GetAsync("/v1/status", Cancel)).Value!)!.AsObject();
        foreach (var later in new[] { "sessions", "localLosses", "heldBack", "localChanges" }) Assert.True(status.Remove(later));
        using var shown = new StringWriter();
        StatusPrinter.Print(shown, JsonSerializer.Deserialize(status.ToJsonString(), ControlJson.Default.ViewStatus)!, Record(SocketPath));
        Assert.Contains("snapshot   7", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_tells_how_far_it_is_and_then_what_came_of_it()
    {
        var told = new TaskCompletionSource<CacheProgress>(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.FakeCache.Work = async (progress, cancel) =>
        {
            progress!.Report(new CacheProgress("fetch", "files", 1, 2, 100, 300));
            await told.Task.WaitAsync(cancel);
        };
        var result = await _client!.WorkAsync("/v1/cache/prefetch", Body("""{"paths":["/a","/b*"]}"""), told.SetResult, Cancel);
        Assert.Equal(2, JsonSerializer.Deserialize(result.Value!, ControlJson.Default.PrefetchReport)!.Files);
        Assert.Equal(new CacheProgress("fetch", "files", 1, 2, 100, 300), await told.Task);
        Assert.Equal(["/a", "/b*"], _session.FakeCache.Asked[0].Select(path => path.ToString()));
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_work()
    {
        var (begun, ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _session.FakeCache.Work = async (_, cancel) =>
        {
            await using var registration = cancel.Register(ended.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var working = _client!.WorkAsync("/v1/cache/prefetch", Body("""{"paths":["/a"]}"""), _ => { }, leave.Token);
        await begun.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task Work_that_fails_is_told_in_a_sentence()
    {
        _session.FakeCache.Work = (_, _) => throw new IOException("the disk is gone");
        var result = await _client!.WorkAsync("/v1/cache/prefetch", Body("""{"paths":["/a"]}"""), _ => { }, Cancel);
        Assert.Equal("the disk is gone", Assert.Single(result.Failure!.Lines));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"paths\":[]}")]
    [InlineData("{\"paths\":[null]}")]
    [InlineData("no json")]
    [InlineData("{\"paths\":[\"/a/../b\"]}")]
    public async Task Work_on_no_path_is_refused(string body)
    {
        var result = await _client!.WorkAsync("/v1/cache/evict", Body(body), _ => { }, Cancel);
        Assert.Equal(ExitCode.Failed, result.Failure!.Code);
        Assert.Empty(_session.FakeCache.Asked);
    }

    [Fact]
    public async Task Metrics_and_sources_are_answered()
    {
        Assert.Contains("\nvirtualview_cache_used_bytes 1048576\n", (await _client!.GetAsync("/metrics", Cancel)).Value, StringComparison.Ordinal);
        Assert.Contains("\"probes\":null", (await _client.GetAsync("/v1/sources", Cancel)).Value, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"no route to host\"", (await _client.GetAsync("/v1/sources?probe=true", Cancel)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_gives_ranges_as_offset_and_length()
    {
        var answer = await _client!.GetAsync("/v1/explain?path=%2Fa", Cancel);
        Assert.Contains("\"cached\":[{\"offset\":0,\"length\":262144}]", answer.Value, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(answer.Value!, ControlJson.Default.Explanation)!;
        Assert.Equal(262144, read.Cached[0].Length);
        Assert.Equal(12.5, read.FetchMilliseconds["web"]);
    }

    [Fact]
    public async Task Explain_takes_names_of_any_bytes() =>
        Assert.True((await _client!.GetAsync($"/v1/explain?path={Uri.EscapeDataString(@"/\xFF")}", Cancel)).IsOk);

    [Theory]
    [InlineData("/v1/explain?path=%2Fnone", "there is no /none in the view")]
    [InlineData("/v1/explain?path=%2Foffline", "no source that could have /offline answers")]
    [InlineData("/v1/explain?path=%2Fa%2F..%2Fb", "is not a path")]
    [InlineData("/v1/explain", "?path=")]
    [InlineData("/v1/nothing", "there is no address /v1/nothing")]
    [InlineData("/", "/ is not available yet")]
    [InlineData("/files/a/f1.h5", "/files/a/f1.h5 is not available yet")]
    [InlineData("/v1/snapshots/diff?from=3", "the query needs ?from=SNAPSHOT&to=SNAPSHOT")]
    [InlineData("/v1/snapshots/diff?from=none&to=7", "there is no snapshot 'none' or '7': 'virtualview snapshots' lists them")]
    public async Task A_failure_is_a_sentence(string address, string expected)
    {
        var answer = await _client!.GetAsync(address, Cancel);
        Assert.Equal(ExitCode.Failed, answer.Failure!.Code);
        Assert.Contains(expected, answer.Failure.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshots_are_listed_and_compared()
    {
        Assert.Equal(
            """{"snapshots":[{"number":3,"first":2,"takenAt":"1970-01-01T00:00:00+00:00","name":"first","isCurrent":false},{"number":7,"first":6,"takenAt":"1970-01-01T00:00:00+00:00","name":null,"isCurrent":true}]}""",
            (await _client!.GetAsync("/v1/snapshots", Cancel)).Value);
        Assert.Equal(
            """{"from":3,"to":7,"changes":[{"kind":"changed","path":"/a"},{"kind":"unknown","path":"/b"}]}""",
            (await _client!.GetAsync("/v1/snapshots/diff?from=first&to=7", Cancel)).Value);
    }

    [Theory]
    [InlineData("keep", """{"snapshot":"7","name":"new"}""", null)]
    [InlineData("keep", """{"snapshot":"7","name":"first"}""", "the name 'first' is taken, or the snapshot '7' has another name: drop that first")]
    [InlineData("keep", """{"snapshot":"7","name":"12"}""", "'12' can be no name of a snapshot: 1 to 255 bytes without '/', and not digits alone")]
    [InlineData("keep", """{"snapshot":"7"}""", "the body is not {\"snapshot\": \"ID\", \"name\": \"NAME\"}")]
    [InlineData("drop", """{"name":"first"}""", null)]
    [InlineData("drop", """{"name":"second"}""", "there is no snapshot named 'second': 'virtualview snapshots' lists them")]
    [InlineData("drop", "{}", "the body is not {\"name\": \"NAME\"}")]
    public async Task Snapshots_are_kept_and_dropped_or_it_is_said_why_not(string what, string body, string? refusal)
    {
        using var content = new StringContent(body);
        var answer = await _client!.PostAsync($"/v1/snapshots/{what}", content, Cancel);
        Assert.Equal(refusal, answer.Failure?.Lines[0]);
    }

    [Fact]
    public async Task Sync_polls_and_names_the_sources_that_did_not_answer() => Assert.Equal(
        """{"snapshotBefore":7,"snapshot":8,"problems":["web: no route to host"],"heldBack":[]}""",
        (await _client!.PostAsync("/v1/sync", null, Cancel)).Value);

    [Fact]
    public async Task What_is_held_back_stands_in_status_and_in_sync_until_it_is_accepted()
    {
        _session.HeldBack =
        [
            new HeldBack { Source = "nfs", Paths = ["/a", "/b"], Missing = 30, Known = 100, Since = DateTimeOffset.UnixEpoch, IsRootEmpty = false },
        ];

        var status = (await _client!.GetAsync("/v1/status", Cancel)).Value!;
        var sync = (await _client.PostAsync("/v1/sync?acceptDeletions=false", null, Cancel)).Value!;
        var accepted = (await _client.PostAsync("/v1/sync?acceptDeletions=true", null, Cancel)).Value!;

        Assert.Contains("""
            "heldBack":[{"source":"nfs","paths":["/a","/b"],"missing":30,"known":100,"since":"1970-01-01T00:00:00+00:00","isRootEmpty":false}]
            """, status, StringComparison.Ordinal);
        Assert.Contains("\"missing\":30", sync, StringComparison.Ordinal);
        Assert.Contains("\"heldBack\":[]", accepted, StringComparison.Ordinal);
        Assert.False((await _client.PostAsync("/v1/sync?acceptDeletions=perhaps", null, Cancel)).IsOk);
        Assert.Equal(
            "nfs: does not list 30 of 100 known entries (/a, /b) since 1970-01-01 00:00:00Z; they stay in the view: look whether its export is the right one, or accept that they are gone with 'virtualview sync --accept-deletions'",
            HeldBackPrinter.Sentence(JsonSerializer.Deserialize(status, ControlJson.Default.ViewStatus)!.HeldBack[0]));
    }

    [Fact]
    public async Task Unmount_of_a_busy_view_is_refused_unless_forced()
    {
        _session.IsBusy = true;
        var refused = await _client!.UnmountAsync(force: false, Cancel);
        Assert.Equal("1 file is open: close it or use --force", Assert.Single(refused.Failure!.Lines));
        Assert.False(_session.Completion.IsCompleted);
        Assert.True((await _client.UnmountAsync(force: true, Cancel)).IsOk);
        Assert.True(_session.Completion.IsCompleted);
    }

    [Fact]
    public async Task Unmount_is_not_a_question() => Assert.Contains("it takes POST", (await _client!.GetAsync("/v1/unmount", Cancel)).Failure!.Lines[0], StringComparison.Ordinal);

    [Fact]
    public void Only_the_owner_reaches_the_socket_and_its_new_folder()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(SocketPath)!));
    }

    [Theory]
    [InlineData(1000u, 1000u, true)]
    [InlineData(0u, 1000u, true)]
    [InlineData(1001u, 1000u, false)]
    [InlineData(1000u, 0u, false)]
    public void Only_the_same_user_and_root_may_control(uint peer, uint daemon, bool expected) =>
        Assert.Equal(expected, new PeerCredentials(1, peer, 1).MayControl(daemon));

    [Fact]
    public async Task The_kernel_says_who_the_peer_is()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "peer.sock")));
        listener.Listen();
        using var caller = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await caller.ConnectAsync(listener.LocalEndPoint!, Cancel);
        using var accepted = await listener.AcceptAsync(Cancel);
        var peer = PeerCredentials.Of(accepted);
        Assert.Equal((Environment.ProcessId, ProcessUser.EffectiveId), (peer.ProcessId, peer.UserId));
    }

    [Fact]
    public async Task A_second_service_at_the_same_socket_is_refused()
    {
        var refused = await Assert.ThrowsAsync<IOException>(async () => await StartAsync(SocketPath));
        Assert.Contains("another daemon answers", refused.Message, StringComparison.Ordinal);
        Assert.True((await _client!.GetAsync("/healthz", Cancel)).IsOk);
    }

    [Fact]
    public async Task What_a_dead_daemon_left_is_cleared()
    {
        var path = Path.Combine(_folder.Path, "stale.sock");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // .NET removes the file with the socket, which a killed process does not: so it is moved away and back.
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".moved");
        }

        File.Move(path + ".moved", path);
        await using (await StartAsync(path))
        {
            using var client = new DaemonClient(Record(path), TimeSpan.FromSeconds(10));
            Assert.True((await client.GetAsync("/healthz", Cancel)).IsOk);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_says_what_to_shorten()
    {
        var refused = await Assert.ThrowsAsync<IOException>(async () => await StartAsync($"{_folder.Path}/{new string('x', 100)}/api.sock"));
        Assert.Contains("View.StateDirectory", refused.Message, StringComparison.Ordinal);
    }

    private async Task<ControlService> StartAsync(string socket) => await ControlService.StartAsync(
        new ControlServiceOptions { SocketPath = socket, Daemon = Info() }, _session, NullLoggerFactory.Instance, Cancel);

    private DaemonInfo Info() => new()
    {
        MountPoint = "/mnt/exp", StateFolder = _folder.Path, ProcessId = 1, Version = "0", StartedAt = DateTimeOffset.UnixEpoch, IsReadOnly = true,
    };

    private DaemonRecord Record(string socket) => new()
    {
        MountPoint = "/mnt/exp", View = "exp", ProcessId = Environment.ProcessId, BootId = ProcessLife.BootId, StateFolder = _folder.Path, Socket = socket,
        ProcessStartTicks = ProcessLife.StartTicks(Environment.ProcessId)!.Value,
    };

    private static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");
}
