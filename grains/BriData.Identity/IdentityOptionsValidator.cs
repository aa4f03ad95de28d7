using Microsoft.Extensions.Options;

namespace BriData.Identity;

/// <summary>The one check of all options together; fails before the host listens.</summary>
internal sealed class IdentityOptionsValidator : IValidateOptions<IdentityOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.Audience), nameof(options.Audience), "must not be empty");
        Within(options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.ClockSkew));
        Within(options.MaximumTokenLifetime, TimeSpan.FromTicks(1), Day, nameof(options.MaximumTokenLifetime));
        Within(options.MaximumTokenBytes, 256, 65_536, nameof(options.MaximumTokenBytes));
        Within(options.TokenCacheEntries, 1, 10_000_000, nameof(options.TokenCacheEntries));
        Within(options.TokenCacheCharacters, options.MaximumTokenBytes, long.MaxValue, nameof(options.TokenCacheCharacters));
        Within(options.TokenCacheLifetime, TimeSpan.FromTicks(1), Day, nameof(options.TokenCacheLifetime));
        Within(options.RefusalCacheEntries, 1, 1_000_000, nameof(options.RefusalCacheEntries));
        Within(options.RefusalCacheCharacters, options.MaximumTokenBytes, long.MaxValue, nameof(options.RefusalCacheCharacters));
        Within(options.RefusalCacheLifetime, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5), nameof(options.RefusalCacheLifetime));
        Within(options.ForcedRefreshInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.ForcedRefreshInterval));
        Require(options.MetadataRefreshInterval > options.ForcedRefreshInterval, nameof(options.MetadataRefreshInterval), "must be over ForcedRefreshInterval");
        Require(options.MetadataMaximumAge >= options.MetadataRefreshInterval, nameof(options.MetadataMaximumAge), "must be at least MetadataRefreshInterval");
        Within(options.DiscoveryTimeout, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1), nameof(options.DiscoveryTimeout));
        Within(options.MaximumMetadataBytes, 1024, 16 * 1024 * 1024, nameof(options.MaximumMetadataBytes));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Require(bool holds, string option, string rule)
        {
            if (!holds)
            {
                errors.Add($"{nameof(IdentityOptions)}.{option} {rule}.");
            }
        }

        void Within<T>(T value, T least, T most, string option)
            where T : IComparable<T> =>
            Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, option, $"is {value}; it must be from {least} to {most}");
    }
}
