using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using VirtualView.Fuse;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// What <c>run</c> does within the namespace that <c>unshare</c> made for it: mounts, has the daemon serve that, and becomes
/// the command.
/// </summary>
internal static class InnerRun
{
    private const int NotFound = 2; // ENOENT
    private const int CannotRun = 126;
    private const int NoSuchCommand = 127;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static bool IsAsked => Environment.GetEnvironmentVariable(SessionStart.Variable) is not null;

    /// <summary>Returns only where it fails.</summary>
    public static async Task<int> RunAsync(Terminal terminal, CancellationToken cancel)
    {
        var start = JsonSerializer.Deserialize(Environment.GetEnvironmentVariable(SessionStart.Variable)!, SessionJson.Default.SessionStart)!;
        Exec.SetVariable(SessionStart.Variable, null);
        using var daemon = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var answer = await BeginAsync(start, daemon, cancel);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        if (start.Request.Keep) terminal.Complain($"what is written here is kept: go on with 'virtualview run --session {answer.Value.Name} -- COMMAND'");
        if (Enter(start, answer.Value) is { } outside) return terminal.Report(outside);
        if (ProcessUser.EffectiveId != 0) Exec.DropGranted();
        if (start.OpenFiles is { } limit) OpenFilesLimit.Set(limit);
        var command = Exec.OwnArguments()[Exec.OwnProgram().Length..];
        RunVerdict.SayRunning(daemon);
        var errno = Exec.Replace(command);
        RunVerdict.TakeBack(daemon);
        terminal.Complain($"{Core.Paths.ByteText.Show(command[0])} cannot be run: {Marshal.GetPInvokeErrorMessage(errno)}");
        return errno == NotFound ? NoSuchCommand : CannotRun;
    }

    private static async Task<Attempt<SessionAnswer>> BeginAsync(SessionStart start, Socket socket, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(start.Socket), patience.Token);
            if (start.HidesView) DeviceHandover.TakeOffCopy(start.Request.At);
            // In a namespace that is this program's own, whoever it starts may look into it.
            var options = new FuseMountOptions { MountPoint = start.Request.At, AllowOther = true };
            await DeviceHandover.MountAsync(options, socket, JsonSerializer.SerializeToUtf8Bytes(start.Request, SessionJson.Default.SessionRequest), patience.Token);
            var buffer = new byte[4096];
            var length = await socket.ReceiveAsync(buffer, patience.Token);
            if (length == 0) return new Failure(ExitCode.Failed, "the daemon did not take the session: see its log");
            var answer = JsonSerializer.Deserialize(buffer.AsSpan(0, length), SessionJson.Default.SessionAnswer)!;
            return answer.Error is { } why ? new Failure(ExitCode.Failed, why) : answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Failure(ExitCode.Failed, $"the daemon did not answer within {Patience.TotalSeconds:0} s: see 'virtualview status'");
        }
        catch (SocketException refused)
        {
            return new Failure(ExitCode.NoDaemon, $"no daemon answers at {start.Socket} ({refused.Message}): mount the view first");
        }
        catch (Exception failed) when (failed is MountException or IOException)
        {
            return new Failure(ExitCode.Failed, failed.Message);
        }
    }

    /// <summary>The working directory was opened before the mount: it must be entered anew to be that of the snapshot.</summary>
    private static Failure? Enter(SessionStart start, SessionAnswer session)
    {
        if (start.Folder != start.Request.At && !start.Folder.StartsWith(start.Request.At + '/', StringComparison.Ordinal)) return null;
        try
        {
            Directory.SetCurrentDirectory(start.Folder);
            return null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.Failed, $"the working directory {start.Folder} is not in snapshot {session.Snapshot}: change to another one first");
        }
    }
}
