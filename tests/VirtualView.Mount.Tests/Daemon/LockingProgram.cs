using System.Diagnostics;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>A program that holds a lock on a file that it has open for reading, until it is told to let go.</summary>
internal sealed class LockingProgram : IDisposable
{
    private const string Source = """
        import fcntl, os, struct, sys
        def lock(file, kind, mode):
            if kind == "flock": fcntl.flock(file, {"read": fcntl.LOCK_EX, "write": fcntl.LOCK_EX, "none": fcntl.LOCK_UN}[mode] | fcntl.LOCK_NB)
            else:
                what = {"read": fcntl.F_RDLCK, "write": fcntl.F_WRLCK, "none": fcntl.F_UNLCK}[mode]
                fcntl.fcntl(file, 37 if kind == "ofd" else fcntl.F_SETLK, struct.pack("hhqqi4x", what, 0, 0, 0, 0))
        path, kind, role = sys.argv[1:]
        if role == "try":
            file = os.open(path, os.O_RDONLY if kind == "flock" else os.O_RDWR)
            try:
                lock(file, kind, "write")
                print("free", os.fstat(file).st_size)
            except (BlockingIOError, PermissionError):
                print("busy", os.fstat(file).st_size)
        else:
            file = os.open(path, os.O_RDONLY)
            lock(file, kind, "read")
            print("held", flush=True)
            sys.stdin.readline()
            lock(file, kind, "none")
            print("let go", flush=True)
            sys.stdin.readline()
        """;

    private readonly Process _process;

    private LockingProgram(Process process) => _process = process;

    /// <param name="kind"><c>flock</c> (exclusive), <c>posix</c> or <c>ofd</c> (shared, as the file is open for reading).</param>
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
