using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using VirtualView.Core.State;
using VirtualView.State.Folders;

namespace VirtualView.State.Pins;

/// <summary>
/// The pin rules, in a file of their own: a damaged database must not let go of what someone wanted to keep. Not safe for
/// several threads.
/// </summary>
internal sealed class PinFile(StateFolder folder, TimeProvider clock, ILogger log)
{
    /// <exception cref="StateException">The file is there and cannot be read or set aside.</exception>
    public ImmutableArray<PinRule> Load()
    {
        var file = folder.PinsFile;
        try
        {
            return File.Exists(file) ? Read(file) : [];
        }
        catch (JsonException e)
        {
            log.PinsDamaged(e, file, SetAside.Move(file, "damaged", clock));
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"cannot read '{file}': {e.Message}: make it readable for this user", e);
        }
    }

    /// <exception cref="StateException">The disk or the folder refuses.</exception>
    public void Save(ImmutableArray<PinRule> rules)
    {
        try
        {
            DurableFile.Replace(folder.PinsFile, JsonSerializer.SerializeToUtf8Bytes(rules, PinFileJson.Default.ImmutableArrayPinRule));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"cannot write '{folder.PinsFile}': {e.Message}: make the folder writable and see that the disk has room", e);
        }
    }

    private static ImmutableArray<PinRule> Read(string file)
    {
        var rules = JsonSerializer.Deserialize(File.ReadAllBytes(file), PinFileJson.Default.ImmutableArrayPinRule);
        return rules.IsDefault || rules.Any(rule => rule?.Path is null) ? throw new JsonException("it holds no list of rules") : rules;
    }
}
