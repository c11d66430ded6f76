#!/usr/bin/env bash
# Pushes the native module, which `npm run build:module` has written, to the repository that registries read it from:
# one commit and one tag for each release. MODULE_REPOSITORY is its address; MODULE_DEPLOY_KEY the SSH key that may
# write to it and to nothing else, where the address takes one.
# Use: bash release/publish-module.sh vVERSION
set -euo pipefail
cd "$(dirname "$0")/.."

stop() {
  printf 'error: %s\n  %s\n  %s\n' "$1" "$2" "$3" >&2
  exit 2
}

tag=${1:-}
module=terraform-aws-aoss-privatelink
[[ $tag =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.]+)?$ ]] || stop "tag \"$tag\" is not that of a version" "the command line" "name one such as v1.2.3"
[ -n "${MODULE_REPOSITORY:-}" ] || stop "MODULE_REPOSITORY is not set" "the environment" "set it to the address of the module's repository"
[ -f "$module/main.tf.json" ] || stop "the module is not built" "$module" "run npm run build:module"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${MODULE_DEPLOY_KEY:-}" ]; then
  (umask 077 && printf '%s\n' "$MODULE_DEPLOY_KEY" >"$work/key")
  export GIT_SSH_COMMAND="ssh -i $work/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"
fi

git clone --quiet "$MODULE_REPOSITORY" "$work/repository"
if git -C "$work/repository" rev-parse --quiet --verify "refs/tags/$tag" >/dev/null; then
  echo "$tag is published already"
  exit 0
fi
# all that is there goes, so that a file that the module no longer has does not stay
find "$work/repository" -mindepth 1 -maxdepth 1 -not -name .git -exec rm -rf {} +
# what Terraform leaves in a folder where it ran is ignored here, and stays
(cd "$module" && git ls-files -z --cached --others --exclude-standard | tar -c --null -T -) | tar -x -C "$work/repository"
cp LICENSE "$work/repository/"
cd "$work/repository"
git add --all
git -c user.name="aoss-privatelink" -c user.email="aoss-privatelink@users.noreply.github.com" \
  commit --quiet --allow-empty --message "$tag"
git tag "$tag"
git push --quiet --atomic origin HEAD "refs/tags/$tag"
echo "$tag is published"
