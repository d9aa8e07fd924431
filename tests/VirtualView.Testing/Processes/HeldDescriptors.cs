using System.Globalization;
using Microsoft.Win32.SafeHandles;
using VirtualView.Testing.Files;

namespace VirtualView.Testing.Processes;

/// <summary>Copies of what another process has open: they keep it open when that process is killed.</summary>
public sealed class HeldDescriptors : IDisposable
{
    private readonly List<SafeFileHandle> _copies = [];

    public int Count => _copies.Count;

    /// <param name="path">Descriptors of this file are held.</param>
    public static HeldDescriptors Of(int processId, string path)
    {
        var held = new HeldDescriptors();
        using var process = HostCalls.OpenProcess(processId, 0);
        foreach (var link in Directory.GetFiles($"/proc/{processId}/fd"))
        {
            if (new FileInfo(link).LinkTarget != path) continue;
            var copy = HostCalls.CopyDescriptor(process, int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture), 0);
            if (!copy.IsInvalid) held._copies.Add(copy);
        }

        return held;
    }

    public void Dispose()
    {
        foreach (var copy in _copies) copy.Dispose();
        _copies.Clear();
    }
}
