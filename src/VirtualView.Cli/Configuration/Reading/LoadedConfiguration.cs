using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>A configuration file together with the environment.</summary>
/// <param name="Root">Null where it could not be read at all.</param>
/// <param name="Mistakes">Why it could not be read, or what is wrong with how it is written.</param>
internal sealed record LoadedConfiguration(IConfigurationRoot? Root, params ImmutableArray<Mistake> Mistakes);
