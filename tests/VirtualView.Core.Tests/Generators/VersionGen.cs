using System.Collections.Immutable;
using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Generators;

/// <summary>Validators, replicas and versions, with the parts that they have in common now equal, now not.</summary>
public static class VersionGen
{
    private static readonly string?[] Tags = [null, "", "\"5f3e-a1\"", "W/\"5f3e\"", "a/b", "sha256:ü…", "\uD800", "\u00FF"];

    public static readonly Gen<UnixTime> Time = Gen.Frequency(
        (3, Gen.Long[0, 3].Select(at => new UnixTime(1_700_000_000_000_000_000 + at))),
        (1, Gen.Long.Select(at => new UnixTime(at))));

    public static readonly Gen<SourceId> Source = Gen.Int[1, 4].Select(number => new SourceId(new Guid(number, 0, 0, new byte[8])));

    /// <summary>ETags, checksums, the empty one, and what is not even Unicode.</summary>
    public static readonly Gen<string?> Tag = Gen.Int[0, Tags.Length - 1].Select(at => Tags[at]);

    public static readonly Gen<Validator> Validator = Gen.Select(
        Gen.Enum<ValidatorStrength>(), Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, long.MaxValue]), Time, Gen.Bool, Tag,
        (strength, size, time, hasTime, tag) => new Validator(strength, size, hasTime ? time : null, tag));

    /// <summary>A version of the file at <paramref name="path"/>, whose replicas mostly lie where the view shows them.</summary>
    public static Gen<FileVersion> At(VirtualPath path)
    {
        var mapped = Gen.Int[0, path.Names.Length - 1].Select(dropped => VirtualPath.Of(path.Names.Skip(dropped)));
        var where = Gen.Frequency((4, mapped), (1, NameGen.Path));
        var replicas = Gen.Select(Source, where, Validator, (source, at, validator) => new Replica(source, at, validator)).Array[1, 3];
        return Gen.Select(Gen.ULong, Gen.Bool, Time, replicas, (id, isFirst, time, list) =>
            isFirst
                ? new FileVersion(new VersionId(id), list[0].Validator.SizeBytes, list[0].Validator.ModifiedAt ?? time, [.. list])
                : new FileVersion(new VersionId(new UInt128(id, id)), (long)(id >> 1), time, [.. list]));
    }
}
