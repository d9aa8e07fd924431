using System.Globalization;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>Mounting through the set-uid program of libfuse, which hands the device over a socket.</summary>
internal sealed class FusermountMount : IMountMethod
{
    private const string Program = "fusermount3";

    /// <summary>Names the descriptor of the socket to the program.</summary>
    private const string SocketVariable = "_FUSE_COMMFD";

    public string Name => Program;

    public async Task<Descriptor> MountAsync(string path, FuseMountOptions options, CancellationToken cancel)
    {
        using var socket = DescriptorSocket.Create();
        string[] arguments = ["-o", MountOptions(options), "--", path];
        var number = socket.Inherited.Number.ToString(CultureInfo.InvariantCulture);
        var result = await RunAsync(path, arguments, (SocketVariable, number), cancel).ConfigureAwait(false);
        if (result.ExitCode == 0 && socket.TryReceive() is { } device) return device;
        throw new MountException($"{Program} failed: {result.Errors}", path, Advice(result.Errors));
    }

    public async Task<UnmountOutcome> UnmountAsync(string path, bool force, CancellationToken cancel)
    {
        var result = await RunAsync(path, [force ? "-uz" : "-u", "--", path], variable: null, cancel).ConfigureAwait(false);
        if (result.ExitCode == 0) return UnmountOutcome.Unmounted;
        if (result.Errors.Contains("busy", StringComparison.OrdinalIgnoreCase)) return UnmountOutcome.Busy;
        if (MountTable.Find(path) is null) return UnmountOutcome.NotMounted;
        throw new MountException($"{Program} cannot unmount: {result.Errors}", path, "only root, or who mounted it, may do this");
    }

    private static async Task<CommandResult> RunAsync(string path, string[] arguments, (string Name, string Value)? variable, CancellationToken cancel)
    {
        try
        {
            return await Command.RunAsync(Program, arguments, variable, cancel).ConfigureAwait(false);
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new MountException($"{Program} cannot be started", path, "install it (apt install fuse3), or mount as root", cause);
        }
    }

    private static string MountOptions(FuseMountOptions options)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"fsname={options.FileSystemName},subtype={options.Subtype},nosuid,nodev,default_permissions,max_read={options.MaxReadBytes}");
        if (options.AllowOther) text += ",allow_other";
        return options.ReadOnly ? text + ",ro" : text;
    }

    private static string Advice(string errors) =>
        errors.Contains("user_allow_other", StringComparison.Ordinal)
            ? "without AllowOther, or with a line 'user_allow_other' in /etc/fuse.conf"
            : errors.Contains("/dev/fuse", StringComparison.Ordinal)
                ? errors.Contains("ermission denied", StringComparison.Ordinal)
                    ? "ask the administrator for access to /dev/fuse (its group, often fuse, or mode 0666)"
                    : "load the kernel's module (modprobe fuse), or give the container --device /dev/fuse"
                : "own the directory, and see that fusermount3 is set-uid root (ls -l $(which fusermount3))";
}
