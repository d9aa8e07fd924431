using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>What an answer must be to belong to a version.</summary>
/// <param name="ConditionTag">The ETag that the server has for it, where known.</param>
/// <param name="Validators">Reads the answer in the terms of <paramref name="Version"/>.</param>
/// <param name="Sha256">Of the whole file, where known; empty if not.</param>
internal sealed record HttpExpectation(Validator Version, string? ConditionTag, IAnswerValidators Validators, ReadOnlyMemory<byte> Sha256 = default);
