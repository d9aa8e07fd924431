using System.Globalization;

namespace VirtualView.Service.Sockets;

/// <summary>The user this process acts as.</summary>
public static class ProcessUser
{
    /// <summary>The effective user id: the second number of the line <c>Uid:</c> in <c>/proc/self/status</c>.</summary>
    public static uint EffectiveId { get; } = Read("Uid:");

    /// <summary>The effective group id.</summary>
    public static uint EffectiveGroupId { get; } = Read("Gid:");

    private static uint Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return uint.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture);
    }
}
