using CsCheck;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Versions;

public sealed class ValidatorTests
{
    private static readonly UnixTime Noon = UnixTime.FromSeconds(1_700_000_000);

    /// <summary>What one answer or another tells of the same content.</summary>
    private static readonly Gen<Validator> PartOfOne = Gen.Select(
        Gen.Enum<ValidatorStrength>(), Gen.Bool, Gen.Bool,
        (strength, hasTime, hasTag) => new Validator(strength, 10, hasTime ? Noon : null, hasTag ? "\"a\"" : null));

    [Fact]
    public void Agreement_goes_both_ways_and_a_validator_agrees_with_itself() =>
        Gen.Select(VersionGen.Validator, VersionGen.Validator).Sample((a, b) => a.Agrees(a) && a.Agrees(b) == b.Agrees(a));

    [Fact]
    public void Only_what_both_know_is_compared()
    {
        var listed = new Validator(ValidatorStrength.Weak, 10, null, null);
        Assert.True(listed.Agrees(new(ValidatorStrength.Strong, 10, Noon, "\"a\"")));
        Assert.False(listed.Agrees(new(ValidatorStrength.Strong, 11, Noon, "\"a\"")));
        Assert.False(new Validator(ValidatorStrength.Weak, 10, Noon, null).Agrees(new(ValidatorStrength.Weak, 10, new(Noon.Nanoseconds + 1), null)));
        Assert.False(new Validator(ValidatorStrength.Strong, 10, null, "\"a\"").Agrees(new(ValidatorStrength.Strong, 10, null, "\"b\"")));
    }

    [Fact]
    public void A_strong_and_a_weak_tag_of_the_same_letters_differ() =>
        Assert.False(new Validator(ValidatorStrength.Strong, 1, null, "\"a\"").Agrees(new(ValidatorStrength.Weak, 1, null, "W/\"a\"")));

    [Fact]
    public void What_was_learned_agrees_with_both_and_knows_all_that_either_knew() =>
        Gen.Select(PartOfOne, PartOfOne).Sample((a, b) =>
        {
            Assert.True(a.Agrees(b));
            var learned = a.Learn(b);
            Assert.True(learned.Agrees(a) && learned.Agrees(b));
            Assert.Equal(a.ModifiedAt ?? b.ModifiedAt, learned.ModifiedAt);
            Assert.Equal(a.Tag ?? b.Tag, learned.Tag);
            Assert.Equal(a.Strength == ValidatorStrength.Strong || b.Strength == ValidatorStrength.Strong, learned.Strength == ValidatorStrength.Strong);
        });

    [Fact]
    public void A_racy_time_ages_to_a_weak_one_and_a_strong_one_stays()
    {
        var racy = new Validator(ValidatorStrength.Racy, 1, Noon, null);
        var aged = racy with { Strength = ValidatorStrength.Weak };
        Assert.Equal(ValidatorStrength.Weak, racy.Learn(aged).Strength);
        var strong = new Validator(ValidatorStrength.Strong, 1, Noon, "\"a\"");
        Assert.Equal(strong, strong.Learn(racy));
    }

    [Fact]
    public void Strengths_ascend() => Assert.True(ValidatorStrength.Racy < ValidatorStrength.Weak && ValidatorStrength.Weak < ValidatorStrength.Strong);
}
