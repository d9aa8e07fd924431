using System.Diagnostics;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>A program that holds an exclusive lock on a file that it has open, until it is told to let go.</summary>
internal sealed class LockingProgram : IDisposable
{
    private const string Source = """
        import fcntl, os, struct, sys
        def lock(file, kind, mode):
            if kind == "flock": fcntl.flock(file, {"write": fcntl.LOCK_EX, "none": fcntl.LOCK_UN}[mode] | fcntl.LOCK_NB)
            else:
                what = {"write": fcntl.F_WRLCK, "none": fcntl.F_UNLCK}[mode]
                fcntl.fcntl(file, 37 if kind == "ofd" else fcntl.F_SETLK, struct.pack("hhqqi4x", what, 0, 0, 0, 0))
        path, kind, role = sys.argv[1:]
        file = os.open(path, os.O_RDONLY if kind == "flock" else os.O_RDWR)
        if role == "try":
            try:
                lock(file, kind, "write")
                print("free", os.fstat(file).st_size)
            except (BlockingIOError, PermissionError):
                print("busy", os.fstat(file).st_size)
        else:
            lock(file, kind, "write")
            print("held", flush=True)
            sys.stdin.readline()
            lock(file, kind, "none")
            print("let go", flush=True)
            sys.stdin.readline()
        """;

    private readonly Process _process;

    private LockingProgram(Process process) => _process = process;

    /// <param name="kind"><c>flock</c> (of a file that is open for reading), <c>posix</c> or <c>ofd</c> (for writing too, as they need).</param>
    public static async Task<LockingProgram> HoldAsync(string path, string kind)
    {
        var program = new LockingProgram(Command.Start("python3", "-c", Source, path, kind, "hold"));
        Assert.Equal("held", await program._process.StandardOutput.ReadLineAsync());
        return program;
    }

    /// <summary>Another program asks for the file for itself alone: <c>free</c> or <c>busy</c>, and the size that it sees.</summary>
    public static async Task<string> TryAsync(string path, string kind) =>
        (await Command.RunAsync("python3", "-c", Source, path, kind, "try")).Succeeded().Trim();

    /// <summary>Unlocks, and keeps the file open.</summary>
    public async Task LetGoAsync()
    {
        await _process.StandardInput.WriteLineAsync("now");
        await _process.StandardInput.FlushAsync();
        Assert.Equal("let go", await _process.StandardOutput.ReadLineAsync());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
