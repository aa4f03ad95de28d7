using BriData.Grains;
using BriData.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BriData.Silo.Tests.Hosting;

/// <summary>The name under which an installation's ledgers are known outside.</summary>
public sealed class LogOriginTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-origin-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Start_OutsideDevelopmentWithoutOne_IsRefusedAndNamesTheSetting(string environment)
    {
        await using var host = Build(environment, null);

        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("BriData:Grains:LogOrigin is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_WithoutOne_HasItsOwn()
    {
        Assert.Equal("bridata.local", await OriginAsync(Environments.Development, null));
        Assert.Equal("bridata.example", await OriginAsync(Environments.Development, "bridata.example"));
    }

    [Theory]
    [InlineData("bridata.example")]
    [InlineData("bridata.example/prod")]
    [InlineData("bridata.example/eu-1/log_2")]
    public async Task Origin_UrlWithoutScheme_IsTaken(string origin) => Assert.Equal(origin, await OriginAsync(Environments.Production, origin));

    [Theory]
    [InlineData("https://bridata.example")]
    [InlineData("/prod")]
    [InlineData("bridata.example/")]
    [InlineData("bridata.example//prod")]
    [InlineData("bridata.example/a b")]
    [InlineData("bridata.example+x")]
    [InlineData("Bridata.example")]
    public async Task Origin_AnythingElse_IsRefused(string origin)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => OriginAsync(Environments.Production, origin));

        Assert.Contains("BriData:Grains:LogOrigin", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string> OriginAsync(string environment, string? origin)
    {
        await using var host = Build(environment, origin);
        return host.Services.GetRequiredService<IOptions<BriDataGrainOptions>>().Value.LogOrigin;
    }

    private WebApplication Build(string environment, string? origin)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["BriData:DataDirectory"] = _directory, ["BriData:Grains:LogOrigin"] = origin });
        builder.AddBriDataSilo();
        return builder.Build();
    }
}
