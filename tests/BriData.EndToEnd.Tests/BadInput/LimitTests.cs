using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>More requests than a caller's share.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Requests_MoreThanTheShare_AreRefusedWithATimeToWaitAndHealthGoesOn()
    {
        await using var gateway = new GatewayProcess("--BriData:Gateway:SampleWorld=false", "--BriData:Gateway:RequestsPerSecond=5");
        await gateway.StartAsync();
        using var office = new Office(gateway.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => office.Anonymous.GetAsync("v1/countries")));

        var refused = answers.Where(a => a.Status == 429).ToArray();
        Assert.NotEmpty(refused);
        Assert.All(refused, a => a.IsProblem(429, "rate_limited"));
        Assert.All(refused, a => Assert.NotNull(a.Header("Retry-After")));
        Assert.All(answers.Except(refused), a => a.IsProblem(401, "token_missing"));
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => office.Anonymous.GetAsync(n % 2 == 0 ? "health/live" : "health/ready"))),
            a => a.Is(200));
    }
}
