# The policy documents of infra/network.yaml and infra/notebook.yaml, statement for statement; tests/infra compares them.
# No provider: what is rendered can be looked at and compared without an account.

terraform {
  required_version = ">= 1.5"
}

locals {
  owner        = coalesce(var.domain_owner, var.account_id)
  accounts     = length(var.client_accounts) > 0 ? var.client_accounts : [var.account_id]
  codeartifact = "arn:${var.partition}:codeartifact:${var.region}:${local.owner}"
  domain       = "${local.codeartifact}:domain/${var.domain_name}"
  repository   = "${local.codeartifact}:repository/${var.domain_name}/${var.repository_name}"
  repositories = "${local.codeartifact}:repository/${var.domain_name}/*"
  packages     = "${local.codeartifact}:package/${var.domain_name}/${var.repository_name}/*"
  wheels       = var.wheelhouse == null ? null : "arn:${var.partition}:s3:::${var.wheelhouse.bucket}/${var.wheelhouse.prefix}/*"

  ask_for_token = {
    Sid      = "AskForToken"
    Effect   = "Allow"
    Action   = "codeartifact:GetAuthorizationToken"
    Resource = local.domain
  }
  # It has no resource; without the condition it would be for the bearer tokens of every service.
  # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bearer.html
  receive_token = {
    Sid       = "ReceiveToken"
    Effect    = "Allow"
    Action    = "sts:GetServiceBearerToken"
    Resource  = "*"
    Condition = { StringEquals = { "sts:AWSServiceName" = "codeartifact.amazonaws.com" } }
  }
  # Of the repository and its upstreams: whether it has any, and whether they reach the public PyPI.
  see_upstreams = {
    Sid      = "SeeUpstreams"
    Effect   = "Allow"
    Action   = "codeartifact:DescribeRepository"
    Resource = local.repositories
  }
  listing = [for statement in [
    {
      Sid      = "ListDomains"
      Effect   = "Allow"
      Action   = ["codeartifact:ListDomains", "codeartifact:ListRepositories"]
      Resource = "*"
    },
    {
      Sid    = "ListContents"
      Effect = "Allow"
      Action = [
        "codeartifact:DescribeDomain",
        "codeartifact:ListPackages",
        "codeartifact:ListPackageVersions",
        "codeartifact:ListRepositoriesInDomain",
      ]
      Resource = [local.domain, local.repository, local.packages]
    },
  ] : statement if var.listing]

  clients = { Principal = { AWS = local.accounts } }

  role = concat(
    [
      local.ask_for_token,
      local.receive_token,
      {
        Sid      = "FindAndReadRepository"
        Effect   = "Allow"
        Action   = ["codeartifact:GetRepositoryEndpoint", "codeartifact:ReadFromRepository"]
        Resource = local.repository
      },
      local.see_upstreams,
    ],
    local.listing,
    [for resource in compact([local.wheels]) : {
      Sid      = "FetchWheelhouse"
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = resource
    }],
    [for resource in compact([try(var.wheelhouse.kms_key_arn, null)]) : {
      Sid       = "DecryptWheelhouse"
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = resource
      Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.${var.url_suffix}" } }
    }],
    # What a lifecycle configuration prints goes to CloudWatch with the role's credentials.
    # https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
    [{
      Sid      = "WriteLifecycleLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = ["arn:${var.partition}:logs:${var.region}:${var.account_id}:log-group:/aws/sagemaker/*"]
    }],
  )

  api_endpoint = [for statement in concat(
    [
      local.ask_for_token,
      local.receive_token,
      {
        Sid      = "FindRepository"
        Effect   = "Allow"
        Action   = "codeartifact:GetRepositoryEndpoint"
        Resource = local.repository
      },
      local.see_upstreams,
    ],
    local.listing,
  ) : merge(statement, local.clients)]

  repositories_endpoint = [merge(local.clients, {
    Sid      = "ReadPackages"
    Effect   = "Allow"
    Action   = "codeartifact:ReadFromRepository"
    Resource = local.repository
  })]

  sts_endpoint = [
    merge(local.clients, {
      Sid      = "AssumeRole"
      Effect   = "Allow"
      Action   = "sts:AssumeRole"
      Resource = "arn:${var.partition}:iam::*:role/*"
    }),
    # Called without credentials: the web identity's token is the proof, and the role's trust policy judges it.
    {
      Sid       = "AssumeRoleWithWebIdentity"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Resource  = "arn:${var.partition}:iam::*:role/*"
    },
  ]

  # A gateway endpoint's policy takes "*" as principal only and narrows it by conditions:
  # https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
  s3_endpoint = [for resource in compact([local.wheels]) : {
    Sid       = "FetchWheelhouse"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = "s3:GetObject"
    Resource  = resource
    Condition = { StringEquals = { "aws:PrincipalAccount" = local.accounts } }
  }]

  documents = { for name, statements in {
    role                  = local.role
    api_endpoint          = local.api_endpoint
    repositories_endpoint = local.repositories_endpoint
    sts_endpoint          = local.sts_endpoint
    s3_endpoint           = local.s3_endpoint
  } : name => jsonencode({ Version = "2012-10-17", Statement = statements }) }
}
