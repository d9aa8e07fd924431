using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Versions;

public sealed class VersionIdTests
{
    private static readonly SourceId Aps = new(Guid.Parse("6f1c2f1e-5a0b-4c58-9a53-0d1f6a7b8c9d"));
    private static readonly VirtualPath Path = VirtualPath.Parse(@"/sample/100K/f\xFF1.h5");
    private static readonly Validator Validator = new(ValidatorStrength.Strong, 36_000_000_000, UnixTime.FromSeconds(1_700_000_000, 5), "\"5f3e-a1\"");

    /// <summary>
    /// Caches of released versions are found by these ids. If this test fails, do not mend the literals: the
    /// derivation must stay as it was.
    /// </summary>
    [Fact]
    public void The_derivation_does_not_change_between_releases()
    {
        Assert.Equal("cdbddcc488c1d46ddae6c77c2519069b", VersionId.Derive(Aps, Path, Validator).ToString());
        Assert.Equal("d3a59898b2ba603515e162b81a0a7652", VersionId.Derive(Aps, Path, Validator with { ModifiedAt = null, Tag = null }).ToString());
        Assert.Equal("2c9c4c61626dbd0a8768d5dce8de19fb", VersionId.Derive(Aps, VirtualPath.Root, default).ToString());
    }

    [Fact]
    public void Different_content_has_different_ids()
    {
        var inputs = Gen.Select(VersionGen.Source, NameGen.Path, VersionGen.Validator);
        Gen.Select(inputs, inputs).Sample((a, b) =>
        {
            var isSame = a.Item1 == b.Item1 && a.Item2 == b.Item2 && Proven(a.Item3) == Proven(b.Item3);
            return isSame == (VersionId.Derive(a.Item1, a.Item2, a.Item3) == VersionId.Derive(b.Item1, b.Item2, b.Item3));
        });
    }

    [Fact]
    public void A_slash_in_the_tag_is_not_one_in_the_path() =>
        Assert.NotEqual(
            VersionId.Derive(Aps, VirtualPath.Parse("/b/c"), Validator with { Tag = "a" }),
            VersionId.Derive(Aps, VirtualPath.Parse("/c"), Validator with { Tag = "a/b" }));

    [Fact]
    public void No_time_is_not_1970_and_no_tag_is_not_an_empty_one()
    {
        Assert.NotEqual(
            VersionId.Derive(Aps, Path, Validator with { ModifiedAt = null }), VersionId.Derive(Aps, Path, Validator with { ModifiedAt = default(UnixTime) }));
        Assert.NotEqual(VersionId.Derive(Aps, Path, Validator with { Tag = null }), VersionId.Derive(Aps, Path, Validator with { Tag = "" }));
    }

    [Fact]
    public void What_was_seen_racy_is_another_version_than_what_has_aged()
    {
        var racy = VersionId.Derive(Aps, Path, Validator with { Strength = ValidatorStrength.Racy });
        Assert.NotEqual(VersionId.Derive(Aps, Path, Validator), racy);
        Assert.Equal(VersionId.Derive(Aps, Path, Validator), VersionId.Derive(Aps, Path, Validator with { Strength = ValidatorStrength.Weak }));
    }

    [Fact]
    public void An_id_comes_back_from_its_bytes() =>
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new VersionId(new UInt128(high, low))).Sample(id =>
        {
            Span<byte> bytes = stackalloc byte[VersionId.SizeBytes];
            id.WriteTo(bytes);
            return VersionId.ReadFrom(bytes) == id && id.ToString() == Convert.ToHexStringLower(bytes);
        });

    /// <summary>Weak and strong prove the same content; a racy one may stand for other content.</summary>
    private static Validator Proven(Validator validator) =>
        validator.Strength == ValidatorStrength.Racy ? validator : validator with { Strength = ValidatorStrength.Weak };
}
