using System.Diagnostics;
using System.Globalization;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>
/// A program that maps a whole file, closes it, and looks at the bytes only when it is told to: by then the kernel has
/// long released the handle.
/// </summary>
internal sealed class MappingProgram : IDisposable
{
    private const string Source = """
        import ctypes, hashlib, os, sys
        libc = ctypes.CDLL(None, use_errno=True)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
        file = os.open(sys.argv[1], os.O_RDONLY)
        size = os.fstat(file).st_size
        start = libc.mmap(None, size, 1, int(sys.argv[2]), file, 0)
        os.close(file)  # the module mmap would keep it open
        print("mapped" if start != ctypes.c_void_p(-1).value else "failed", flush=True)
        for line in sys.stdin:
            print(hashlib.sha256((ctypes.c_char * size).from_address(start)).hexdigest(), flush=True)
        """;

    private readonly Process _process;

    private MappingProgram(Process process) => _process = process;

    public static async Task<MappingProgram> StartAsync(string path, bool isShared)
    {
        const int shared = 1, isPrivate = 2;
        var process = Command.Start("python3", "-c", Source, path, (isShared ? shared : isPrivate).ToString(CultureInfo.InvariantCulture));
        var said = await process.StandardOutput.ReadLineAsync();
        Assert.Equal("mapped", said);
        return new MappingProgram(process);
    }

    /// <summary>The SHA-256 of all that is mapped, in hexadecimal.</summary>
    public async Task<string?> HashAsync()
    {
        await _process.StandardInput.WriteLineAsync("now");
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
