using System.Text.Json;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Versions;
using VirtualView.State.Folders;

namespace VirtualView.State.Identities;

/// <summary>
/// The UUID of each source by its origin, in a file of its own: version ids are derived from them, so losing them
/// costs the whole cache. Not safe for several threads.
/// </summary>
internal sealed class SourceIdentities
{
    private readonly string _file;
    private readonly Dictionary<string, Guid> _byOrigin;

    private SourceIdentities(string file, Dictionary<string, Guid> byOrigin) => (_file, _byOrigin) = (file, byOrigin);

    /// <exception cref="StateException">The file is there and cannot be read or set aside.</exception>
    public static SourceIdentities Load(StateFolder folder, TimeProvider clock, ILogger log)
    {
        var file = folder.SourcesFile;
        try
        {
            return new SourceIdentities(file, Read(file));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            var aside = SetAside.Move(file, "damaged", clock);
            log.SourcesDamaged(e, file, aside);
            return new SourceIdentities(file, new(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"cannot read '{file}': {e.Message}: make it readable for this user", e);
        }
    }

    public SourceId Identify(string origin)
    {
        if (_byOrigin.TryGetValue(origin, out var known)) return new SourceId(known);
        var made = Guid.NewGuid();
        Write(new Dictionary<string, Guid>(_byOrigin, StringComparer.Ordinal) { [origin] = made });
        _byOrigin.Add(origin, made);
        return new SourceId(made);
    }

    private static Dictionary<string, Guid> Read(string file)
    {
        if (!File.Exists(file)) return new(StringComparer.Ordinal);
        var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), SourceIdentitiesJson.Default.DictionaryStringGuid)
            ?? throw new JsonException("it holds null");
        return new(read, StringComparer.Ordinal);
    }

    private void Write(Dictionary<string, Guid> identities)
    {
        try
        {
            DurableFile.Replace(_file, JsonSerializer.SerializeToUtf8Bytes(identities, SourceIdentitiesJson.Default.DictionaryStringGuid));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"cannot write '{_file}': {e.Message}: make the folder writable and see that the disk has room", e);
        }
    }
}
