namespace BriData.Identity.Development;

/// <summary>Where development issuers keep their keys and under which address they are found.</summary>
public sealed class DevelopmentIssuerOptions
{
    /// <summary>The data directory; keys rest in <c>keys/dev-issuers/</c> below it. Default <c>./data</c>.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>
    /// Address under which <see cref="DevelopmentIssuerEndpoints.MapDevelopmentIssuers"/> serves, prefix included; the issuer of
    /// a country is this, a slash and the country in lower case. Default <c>http://localhost:5080/dev/issuers</c>.
    /// </summary>
    public Uri BaseUrl { get; set; } = new("http://localhost:5080/dev/issuers");

    /// <summary>The <c>aud</c> of issued tokens. Default <c>bridata</c>.</summary>
    public string Audience { get; set; } = "bridata";
}
