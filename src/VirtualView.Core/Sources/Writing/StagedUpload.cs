using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources.Writing;

/// <summary>What lies at the target and waits to be shown. Kept in State before it is committed.</summary>
/// <param name="Token">The target's own words for it.</param>
/// <param name="Validator">
/// What its content will be known by once it is shown, so that a look tells our own upload from a stranger's after a
/// crash; null where the protocol tells it only then.
/// </param>
/// <param name="SentBytes">What went over the line.</param>
public sealed record StagedUpload(string Token, Validator? Validator, long SentBytes);
