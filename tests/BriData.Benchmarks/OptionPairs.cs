using System.Globalization;

namespace BriData.Benchmarks;

/// <summary>What the command lines of all benchmarks have in common: a name, a value. Every number is bounded, and so is the run.</summary>
internal static class OptionPairs
{
    private const double LeastSeconds = 0.01;

    /// <summary>Reads the pairs one after the other into options.</summary>
    /// <exception cref="UsageException">A value is missing; or what <paramref name="with"/> throws.</exception>
    public static T Read<T>(T options, ReadOnlySpan<string> args, Func<T, string, string, T> with)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            options = with(options, args[i], i + 1 < args.Length ? args[i + 1] : throw new UsageException($"{args[i]} needs a value."));
        }

        return options;
    }

    /// <summary>What to throw for a name that no option has.</summary>
    public static UsageException Unknown(string name) => new($"There is no option {name}.");

    /// <summary>A number within its bounds.</summary>
    /// <exception cref="UsageException">It is none, or out of bounds.</exception>
    public static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} takes {least} to {most}, not '{text}'.");

    /// <summary>A time, from a hundredth of a second.</summary>
    /// <inheritdoc cref="Number"/>
    public static TimeSpan Seconds(string name, string text, int most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= LeastSeconds && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} takes {LeastSeconds} to {most}, not '{text}'."));
}
