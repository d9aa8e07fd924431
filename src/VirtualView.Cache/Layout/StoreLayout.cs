using System.Globalization;

namespace VirtualView.Cache.Layout;

/// <summary>What lies where in the store's folder.</summary>
internal sealed class StoreLayout(string folder)
{
    private const string DroppedEnding = ".dropped";
    private const string SidecarEnding = ".label";

    /// <summary>256 MiB a file of the index's log.</summary>
    public int LogSegmentBits { get; init; } = 28;

    public string Root { get; } = Path.GetFullPath(folder);

    public string Lock => Path.Combine(Root, "lock");

    public string Format => Path.Combine(Root, "format");

    public string Sources => Path.Combine(Root, "sources");

    public string Index => Path.Combine(Root, "index");

    /// <summary>FASTER appends the number of the segment.</summary>
    public string Log => Path.Combine(Index, "log");

    public string Seals => Path.Combine(Index, "seals");

    public string Payloads => Path.Combine(Root, "payloads");

    public static string PayloadName(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);

    public static string Dropped(string payloadPath) => payloadPath + DroppedEnding;

    public static string Sidecar(string payloadPath) => payloadPath + SidecarEnding;

    public static bool IsSidecar(string path) => path.EndsWith(SidecarEnding, StringComparison.Ordinal);

    /// <summary>The path of the payload whose file, dropped file or label this is.</summary>
    public static string WithoutEnding(string path) => Path.GetExtension(path) is DroppedEnding or SidecarEnding ? Path.ChangeExtension(path, null) : path;

    public static bool TryParsePayload(string name, out ulong id)
    {
        id = 0;
        return name.Length == 16 && ulong.TryParse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out id)
            && PayloadName(id) == name;
    }

    public string LogSegment(int number) => string.Create(CultureInfo.InvariantCulture, $"{Log}.{number}");

    public string LogCheckpoint(Guid token) => Path.Combine(Index, "cpr-checkpoints", token.ToString());

    public string TableCheckpoint(Guid token) => Path.Combine(Index, "index-checkpoints", token.ToString());

    /// <summary>256 folders, so that none holds more than some thousand files.</summary>
    public string Payload(ulong id)
    {
        var name = PayloadName(id);
        return Path.Combine(Payloads, name[..2], name);
    }
}
