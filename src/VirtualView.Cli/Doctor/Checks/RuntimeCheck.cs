using System.Runtime.InteropServices;
using VirtualView.State;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>What this program needs of the machine to run at all.</summary>
internal sealed class RuntimeCheck : IDoctorCheck
{
    private static readonly Version OldestKernel = new(5, 4);

    public ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) => ValueTask.FromResult<IReadOnlyList<Finding>>([Runtime(), Kernel(), Database()]);

    private static Finding Runtime() =>
        Finding.Ok("runtime", $"virtualview {ProductVersion.Text} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");

    private static Finding Kernel()
    {
        var kernel = Environment.OSVersion.Version;
        return OperatingSystem.IsLinux() && kernel >= OldestKernel
            ? Finding.Ok("kernel", $"Linux {kernel.Major}.{kernel.Minor}")
            : Finding.Fail("kernel", $"{RuntimeInformation.OSDescription} cannot mount a view", $"use Linux {OldestKernel} or newer");
    }

    /// <summary>The one native library that is brought along.</summary>
    private static Finding Database() =>
        NativeLibrary.TryLoad("e_sqlite3", typeof(StateStore).Assembly, searchPath: null, out _)
            ? Finding.Ok("native", "the library of SQLite can be loaded")
            : Finding.Fail("native", "the library of SQLite cannot be loaded", "install virtualview anew, with all files of its folder");
}
